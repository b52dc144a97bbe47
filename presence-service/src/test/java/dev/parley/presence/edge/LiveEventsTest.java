package dev.parley.presence.edge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.chassis.Tokens;
import dev.parley.chassis.Wire;
import dev.parley.contracts.Envelope;
import dev.parley.contracts.EventType;
import dev.parley.contracts.Json;
import dev.parley.contracts.Topics;
import dev.parley.contracts.event.Pinned;
import dev.parley.contracts.event.Reacted;
import dev.parley.contracts.event.Tombstone;
import dev.parley.contracts.event.Visibility;
import dev.parley.presence.Device;
import dev.parley.presence.ServiceTest;
import dev.parley.presence.Timeline;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
class LiveEventsTest extends ServiceTest {
  @Test
  void helloComesFirst() {
    try (Device ana = Device.of(tenant, "ana")) {
      JsonNode hello = ana.frames().get(0);
      assertThat(hello.fieldNames())
          .toIterable()
          .containsExactly("type", "sessionId", "userId", "cursor", "heartbeatSeconds", "resumed");
      assertThat(hello.path("type").asText()).isEqualTo("hello");
      assertThat(hello.path("userId").asText()).isEqualTo("ana");
      assertThat(hello.path("heartbeatSeconds").asInt()).isEqualTo(2);
      assertThat(hello.path("resumed").asBoolean()).isFalse();
    }
  }

  @Test
  void membersGetTheMessageAsItStandsInTheLogAndOthersNothing() {
    Timeline group = Timeline.of(tenant, "ana", "ben");
    String other = tenant + "x";
    try (Device ana = Device.of(tenant, "ana");
        Device ben = Device.of(tenant, "ben");
        Device tablet = Device.of(tenant, "ben");
        Device stranger = Device.of(tenant, "eve");
        Device foreign = Device.of(other, "ben")) {
      Envelope event = group.message("ana", "Grüße an „alle“ 👋");
      JsonNode frame = ben.awaitBody("Grüße an „alle“ 👋");
      assertThat(frame.fieldNames())
          .toIterable()
          .containsExactly("type", "id", "conversationId", "seq", "actor", "at", "data");
      assertThat(frame.path("id").asText()).isEqualTo(event.id().toString());
      assertThat(frame.path("conversationId").asText()).isEqualTo(group.id.toString());
      assertThat(frame.path("seq").asLong()).isEqualTo(1);
      assertThat(frame.path("actor"))
          .isEqualTo(
              Json.read("{\"id\":\"ana\",\"kind\":\"user\",\"name\":\"ana\"}", JsonNode.class));
      assertThat(frame.path("at").asText()).isEqualTo(Json.time(event.at()));
      assertThat(Json.text(frame.path("data"))).isEqualTo(Json.text(event.data()));
      tablet.awaitBody("Grüße an „alle“ 👋");
      ana.awaitBody("Grüße an „alle“ 👋");

      Timeline theirs = Timeline.of(tenant, "eve", "zoe");
      theirs.message("zoe", "for eve");
      stranger.awaitBody("for eve");
      assertThat(stranger.bodies()).containsExactly("for eve");
      Timeline abroad = Timeline.of(other, "ben", "kim");
      abroad.message("kim", "abroad");
      foreign.awaitBody("abroad");
      assertThat(foreign.bodies()).containsExactly("abroad");
    }
  }

  @Test
  void whoIsRemovedIsToldAndThenHearsNothing() {
    Timeline group = Timeline.of(tenant, "ana", "ben");
    try (Device ana = Device.of(tenant, "ana");
        Device ben = Device.of(tenant, "ben")) {
      group.message("ana", "before");
      group.remove("ben");
      group.message("ana", "after");
      Timeline last = Timeline.of(tenant, "ben");
      last.message("ben", "end");
      ben.awaitBody("end");
      assertThat(ben.bodies()).containsExactly("before", "end");
      assertThat(ben.frames("member.removed")).hasSize(1);
      ana.awaitBody("after");
      assertThat(ana.bodies()).containsExactly("before", "after");
    }
  }

  @Test
  void whoIsAssignedNoMoreHearsNothingMoreNorByTheInbox() {
    Timeline customer = Timeline.withClient(tenant, "ana", "carl");
    String limited = Tokens.assignedOnly(tenant, "lim");
    try (Device lim = Device.open(limited, null)) {
      lim.send("{\"type\":\"follow\",\"lists\":[\"inbox.team\"]}");
      lim.look(customer.id);
      customer.message("ana", "not yet");
      customer.assign("lim", true);
      customer.message("ana", "assigned");
      customer.assign("lim", false);
      customer.message("ana", "no more");
      end(lim);
      assertThat(lim.bodies()).containsExactly("assigned", "end");
      assertThat(lim.frames("member.removed")).hasSize(1);
    }
  }

  @Test
  void whoIsAddedWhileConnectedGetsWhatFollows() {
    Timeline group = Timeline.of(tenant, "ana");
    try (Device ben = Device.of(tenant, "ben")) {
      group.message("ana", "before");
      group.add("ben", false);
      group.message("ana", "after");
      ben.awaitBody("after");
      assertThat(ben.bodies()).containsExactly("after");
      assertThat(ben.frames("member.added")).hasSize(1);
      Timeline created = Timeline.of(tenant, "ana", "ben");
      ben.await(
          frame ->
              frame.path("type").asText().equals("conversation.created")
                  && frame.path("conversationId").asText().equals(created.id.toString()));
    }
  }

  @Test
  void aRecordThatComesTwiceChangesNoRight() {
    Timeline group = Timeline.of(tenant, "ana");
    try (Device ben = Device.of(tenant, "ben")) {
      Envelope added = group.add("ben", false);
      Envelope message = group.message("ana", "one");
      group.remove("ben");
      Wire.publish(Topics.TIMELINE, added);
      Wire.publish(Topics.TIMELINE, message);
      group.message("ana", "two");
      Timeline last = Timeline.of(tenant, "ben");
      last.message("ben", "end");
      ben.awaitBody("end");
      assertThat(ben.bodies()).containsExactly("one", "end");
    }
    try (Device again = Device.of(tenant, "ben")) {
      group.message("ana", "three");
      Timeline last = Timeline.of(tenant, "ben");
      last.message("ben", "end again");
      again.awaitBody("end again");
      assertThat(again.bodies()).contains("end again").doesNotContain("two", "three");
    }
  }

  @Test
  void aClientGetsItsAllowListAndNoInternalNote() {
    Timeline channel = Timeline.withClient(tenant, "ana", "carl");
    String token = Tokens.of(tenant, "carl", Map.of("roles", "client"));
    try (Device carl = Device.open(token, null);
        Device ana = Device.of(tenant, "ana")) {
      channel.message("ana", "among us", Visibility.INTERNAL);
      channel.message("ana", "hello Carl");
      JsonNode frame = carl.awaitBody("hello Carl");
      assertThat(carl.bodies()).containsExactly("hello Carl");
      assertThat(frame.path("data").fieldNames())
          .toIterable()
          .containsExactlyInAnyOrder(
              "id",
              "conversationId",
              "seq",
              "rev",
              "kind",
              "authorId",
              "authorKind",
              "authorName",
              "body",
              "mentions",
              "attachments",
              "reactions",
              "at",
              "version",
              "visibility",
              "pinned",
              "records");
      ana.awaitBody("hello Carl");
      assertThat(ana.bodies()).containsExactly("among us", "hello Carl");
    }
  }

  @Test
  void aClientIsToldOfChangesAndOfNoneToNotes() {
    Timeline channel = Timeline.withClient(tenant, "ana", "carl");
    String token = Tokens.of(tenant, "carl", Map.of("roles", "client"));
    try (Device carl = Device.open(token, null)) {
      Envelope note = channel.message("ana", "among us", Visibility.INTERNAL);
      Envelope said = channel.message("ana", "hello Carl");
      carl.awaitBody("hello Carl");
      channel.change(EventType.MESSAGE_UPDATED, note, changed(note, "still among us"));
      channel.change(EventType.MESSAGE_UPDATED, said, changed(said, "hello, Carl"));
      carl.awaitBody("hello, Carl");
      channel.change(EventType.MESSAGE_DELETED, note, left(note, Visibility.INTERNAL));
      channel.change(EventType.MESSAGE_DELETED, said, left(said, null));
      channel.change(EventType.REACTION_ADDED, note, reacted(note, Visibility.INTERNAL));
      channel.change(EventType.REACTION_ADDED, said, reacted(said, null));
      channel.change(EventType.PIN_ADDED, said, new Pinned(id(said), said.seq(), "ana", 1));
      channel.message("ana", "bye");
      carl.awaitBody("bye");
      assertThat(carl.bodies()).containsExactly("hello Carl", "bye");
      assertThat(carl.frames("message.updated")).hasSize(1);
      assertThat(carl.frames("message.deleted")).hasSize(1);
      assertThat(carl.frames("reaction.added")).hasSize(1);
      assertThat(carl.frames("pin.added")).isEmpty();
      JsonNode gone = carl.await("message.deleted");
      assertThat(gone.path("data").path("id")).isEqualTo(said.data().path("id"));
      assertThat(gone.path("data").path("deleted").asBoolean()).isTrue();
    }
  }

  @Test
  void aClientIsNotToldOfWhatItSeesNothingOf() {
    Timeline channel = Timeline.withClient(tenant, "ana", "carl");
    Map<String, Object> data =
        Map.of(
            "id",
            channel.id,
            "type",
            "client",
            "state",
            "open",
            "createdBy",
            "ana",
            "createdAt",
            "2026-01-01T00:00:00.000Z",
            "version",
            2,
            "memberCount",
            2,
            "participants",
            List.of());
    try (Device carl = Device.open(Tokens.of(tenant, "carl", Map.of("roles", "client")), null);
        Device ana = Device.of(tenant, "ana")) {
      Envelope assigned = channel.tellStaff(EventType.CONVERSATION_UPDATED, "ana", data);
      Envelope renamed = channel.tell(EventType.CONVERSATION_UPDATED, "ana", data);
      channel.message("ana", "bye");
      carl.awaitBody("bye");
      ana.awaitBody("bye");
      assertThat(carl.frames("conversation.updated"))
          .extracting(frame -> frame.path("id").asText())
          .containsExactly(renamed.id().toString());
      assertThat(carl.frames("conversation.updated").get(0).path("data").has("createdBy"))
          .isFalse();
      assertThat(ana.frames("conversation.updated"))
          .extracting(frame -> frame.path("id").asText())
          .containsExactly(assigned.id().toString(), renamed.id().toString());
      assertThat(ana.frames("conversation.updated").get(0).has("staffOnly")).isFalse();
    }
  }

  private static JsonNode changed(Envelope said, String body) {
    ObjectNode data = said.data().deepCopy();
    return data.put("body", body).put("version", 2);
  }

  private static UUID id(Envelope said) {
    return UUID.fromString(said.data().path("id").asText());
  }

  private static Reacted reacted(Envelope said, Visibility visibility) {
    return new Reacted(id(said), "👍", "ana", 1, 1, visibility);
  }

  private static Tombstone left(Envelope said, Visibility visibility) {
    return new Tombstone(id(said), said.seq(), true, "ana", Instant.now(), visibility, 9);
  }
}
