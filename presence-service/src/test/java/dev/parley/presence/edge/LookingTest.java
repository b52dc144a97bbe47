package dev.parley.presence.edge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.chassis.CrmUser;
import dev.parley.chassis.Tokens;
import dev.parley.contracts.Envelope;
import dev.parley.contracts.EventType;
import dev.parley.contracts.Ids;
import dev.parley.contracts.Json;
import dev.parley.contracts.event.ConversationType;
import dev.parley.contracts.event.Tombstone;
import dev.parley.contracts.event.Visibility;
import dev.parley.presence.Device;
import dev.parley.presence.ServiceTest;
import dev.parley.presence.Timeline;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

@QuarkusTest
class LookingTest extends ServiceTest {
  @Test
  void whatIsOpenIsLiveAtOnceAndWhatIsReplacedIsNot() {
    Timeline channel = Timeline.of(tenant, ConversationType.CHANNEL, "ana");
    Timeline customer = Timeline.withClient(tenant, "ana", "carl");
    try (Device eve = Device.of(tenant, "eve");
        Device ana = Device.of(tenant, "ana")) {
      channel.message("ana", "before");
      ana.awaitBody("before");
      eve.look(channel.id, customer.id);
      channel.message("ana", "in the channel");
      customer.message("ana", "to the customer");
      eve.awaitBody("in the channel");
      eve.awaitBody("to the customer");
      eve.look(customer.id);
      channel.message("ana", "not open any more");
      customer.message("ana", "still open");
      eve.awaitBody("still open");
      ana.awaitBody("not open any more");
      eve.look();
      customer.message("ana", "nothing open");
      ana.awaitBody("nothing open");
      end(eve);
      assertThat(eve.bodies())
          .containsExactlyInAnyOrder("in the channel", "to the customer", "still open", "end");
      assertThat(eve.frames("error")).isEmpty();
    }
  }

  @Test
  void whatMayNotBeOpenIsNamedAlikeWhetherForbiddenForeignOrUnknown() {
    Timeline group = Timeline.of(tenant, "ana");
    Timeline room = Timeline.of(tenant, ConversationType.DEAL_ROOM, "ana");
    Timeline foreign = Timeline.of(tenant + "x", ConversationType.CHANNEL, "ana");
    Timeline channel = Timeline.of(tenant, ConversationType.CHANNEL, "ana");
    UUID unknown = Ids.next();
    try (Device eve = Device.of(tenant, "eve");
        Device ana = Device.of(tenant, "ana")) {
      channel.message("ana", "settled");
      ana.awaitBody("settled");
      eve.look(group.id, room.id, foreign.id, unknown, channel.id);
      for (Timeline one : List.of(group, room)) {
        one.message("ana", "not for eve");
      }
      foreign.message("ana", "not for eve");
      JsonNode error = eve.await("error");
      assertThat(error.path("code").asText()).isEqualTo("not_found");
      assertThat(error.path("re").asText()).isEqualTo("open");
      assertThat(error.path("detail").asText())
          .contains(
              group.id.toString(), room.id.toString(), foreign.id.toString(), unknown.toString())
          .doesNotContain(channel.id.toString());
      channel.message("ana", "allowed");
      eve.awaitBody("allowed");
      end(eve);
      assertThat(eve.bodies()).doesNotContain("not for eve");
    }
  }

  @Test
  void thePongToALaterPingTellsThatWhatWasOpenedIsDecided() {
    UUID unknown = Ids.next(); // so young that it is waited for
    Timeline channel = Timeline.of(tenant, ConversationType.CHANNEL, "ana");
    try (Device eve = Device.of(tenant, "eve")) {
      eve.send(Json.text(Map.of("type", "open", "conversationIds", List.of(unknown, channel.id))));
      eve.send("{\"type\":\"ping\"}");
      eve.send("{\"type\":\"ping\"}");
      Awaitility.await().atMost(SOON).until(() -> eve.frames("pong").size() == 2);
      assertThat(eve.frames())
          .extracting(frame -> frame.path("type").asText())
          .containsSubsequence("error", "pong", "pong");
      assertThat(eve.frames("error").get(0).path("detail").asText()).endsWith(unknown.toString());
    }
  }

  @Test
  void toSomebodyElsesHandsAnInternalChatIsAsUnknownAsAnyOther() {
    Timeline chat = Timeline.of(tenant, ConversationType.INTERNAL_CHAT, "ana", "ben");
    Timeline others = Timeline.of(tenant, ConversationType.INTERNAL_CHAT, "ben", "zoe");
    Timeline group = Timeline.of(tenant, "ana", "ben");
    List<UUID> hidden = List.of(chat.id, others.id, Ids.next());
    String token = Tokens.of(tenant, "ana", Map.of("roles", "user", "impersonator", "root"));
    try (Device root = Device.open(token, null);
        Device ana = Device.of(tenant, "ana")) {
      ana.look(chat.id, group.id);
      for (UUID id : hidden) {
        int before = root.frames("error").size();
        root.look(group.id, id);
        Awaitility.await().atMost(SOON).until(() -> root.frames("error").size() > before);
      }
      assertThat(root.frames("error"))
          .extracting(
              error ->
                  String.join(
                      " ",
                      error.path("code").asText(),
                      error.path("re").asText(),
                      error.path("detail").asText()))
          .containsExactlyElementsOf(
              hidden.stream().map(id -> "not_found open Not open: " + id).toList());
      chat.message("ben", "between us");
      ana.awaitBody("between us");
      group.message("ben", "to all");
      root.awaitBody("to all");
      assertThat(root.bodies()).containsExactly("to all");
      assertThat(ana.frames("error")).isEmpty();
    }
  }

  @Test
  void whoTakesPartGetsItOnceAndAfterLeavingWhatTheTypeAllows() {
    Timeline channel = Timeline.of(tenant, ConversationType.CHANNEL, "ana", "ben");
    Timeline group = Timeline.of(tenant, "ana", "ben");
    try (Device ben = Device.of(tenant, "ben")) {
      ben.look(channel.id, group.id);
      ben.send("{\"type\":\"follow\",\"lists\":[\"inbox.team\"]}");
      ben.pong();
      channel.message("ana", "one");
      group.message("ana", "two");
      group.remove("ben");
      group.message("ana", "not for ben");
      channel.remove("ben");
      channel.message("ana", "three");
      ben.awaitBody("three");
      end(ben);
      assertThat(ben.bodies()).containsExactlyInAnyOrder("one", "two", "three", "end");
      assertThat(ben.frames("member.removed")).hasSize(2);
    }
  }

  @Test
  void assignedOnlyUsersSeeChannelsAndNoCustomersWhetherTokenOrRecordSaysSo() {
    Timeline channel = Timeline.of(tenant, ConversationType.CHANNEL, "ana");
    Timeline customer = Timeline.withClient(tenant, "ana", "carl");
    String limited =
        Tokens.of(tenant, "eve", Map.of("roles", "user", "assigned_data_only", "true"));
    try (Device eve = Device.open(limited, null);
        Device dan = Device.of(tenant, "dan");
        Device ana = Device.of(tenant, "ana")) {
      eve.look(channel.id, customer.id);
      dan.look(channel.id, customer.id);
      customer.message("ana", "for dan");
      dan.awaitBody("for dan");
      assertThat(eve.await("error").path("detail").asText()).contains(customer.id.toString());
      new CrmUser(tenant, "dan").tell(1, Map.of("assignedDataOnly", true));
      int[] n = {0};
      Awaitility.await()
          .atMost(SOON)
          .pollInterval(Duration.ofMillis(100))
          .until(
              () -> {
                String body = "probe " + n[0]++;
                customer.message("ana", body);
                ana.awaitBody(body);
                channel.message("ana", "fence " + body);
                dan.awaitBody("fence " + body);
                return !dan.bodies().contains(body);
              });
      eve.awaitBody("fence probe 0");
      assertThat(eve.bodies()).noneMatch(body -> body.startsWith("probe"));
    }
  }

  @Test
  void theTeamInboxMovesForWhoFollowsIt() {
    Timeline customer = Timeline.withClient(tenant, "ana", "carl");
    Timeline group = Timeline.of(tenant, "ana");
    String limited =
        Tokens.of(tenant, "lim", Map.of("roles", "user", "assigned_data_only", "true"));
    try (Device eve = Device.of(tenant, "eve");
        Device lim = Device.open(limited, null);
        Device other = Device.of(tenant + "x", "eve");
        Device ana = Device.of(tenant, "ana")) {
      for (Device device : List.of(eve, lim, other)) {
        device.send("{\"type\":\"follow\",\"lists\":[\"inbox.team\",\"queue:q1\"]}");
        device.pong();
      }
      assertThat(eve.await("error").path("detail").asText()).contains("queue:q1");
      Envelope said = customer.message("ana", "moves the list");
      customer.change(EventType.MESSAGE_UPDATED, said, said.data());
      customer.change(
          EventType.MESSAGE_DELETED,
          said,
          new Tombstone(
              UUID.fromString(said.data().path("id").asText()),
              said.seq(),
              true,
              "ana",
              Instant.now(),
              Visibility.ALL,
              9));
      customer.add("zoe", true);
      group.message("ana", "among staff");
      Timeline created = Timeline.withClient(tenant, "ana", "cleo");
      eve.await(
          frame ->
              frame.path("type").asText().equals("conversation.created")
                  && frame.path("conversationId").asText().equals(created.id.toString()));
      eve.send("{\"type\":\"follow\",\"lists\":[]}");
      eve.pong();
      customer.message("ana", "unseen");
      ana.awaitBody("unseen");
      end(eve);
      end(lim);
      assertThat(eve.bodies()).containsExactly("moves the list", "end");
      assertThat(eve.frames("message.updated")).hasSize(1);
      assertThat(eve.frames("message.deleted")).hasSize(1);
      assertThat(eve.frames("member.added")).isEmpty();
      assertThat(lim.bodies()).containsExactly("end");
      assertThat(other.bodies()).isEmpty();
    }
  }

  @Test
  void clientsLookAtNothingAndNonsenseIsNamed() {
    Timeline channel = Timeline.of(tenant, ConversationType.CHANNEL, "ana");
    String token = Tokens.of(tenant, "carl", Map.of("roles", "client"));
    try (Device carl = Device.open(token, null);
        Device eve = Device.of(tenant, "eve")) {
      carl.look(channel.id);
      carl.send("{\"type\":\"follow\",\"lists\":[\"inbox.team\"]}");
      Awaitility.await().atMost(SOON).until(() -> carl.frames("error").size() == 2);
      assertThat(carl.frames("error"))
          .extracting(frame -> frame.path("code").asText() + " " + frame.path("re").asText())
          .containsExactly("forbidden open", "forbidden follow");
      eve.send("{\"type\":\"open\",\"conversationIds\":[\"x\"]}");
      eve.send("{\"type\":\"open\",\"conversationIds\":\"x\"}");
      eve.look(Collections.nCopies(21, channel.id).toArray(UUID[]::new));
      eve.send("{\"type\":\"follow\",\"lists\":[7]}");
      eve.send("{\"type\":\"follow\"}");
      Awaitility.await().atMost(SOON).until(() -> eve.frames("error").size() == 5);
      assertThat(eve.frames("error"))
          .extracting(frame -> frame.path("code").asText())
          .containsOnly("invalid_request");
    }
  }
}
