package dev.parley.presence.edge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.chassis.Tokens;
import dev.parley.chassis.Wire;
import dev.parley.contracts.Actor;
import dev.parley.contracts.Envelope;
import dev.parley.contracts.EventType;
import dev.parley.contracts.Ids;
import dev.parley.contracts.Json;
import dev.parley.contracts.Recipient;
import dev.parley.contracts.Schemas;
import dev.parley.contracts.Topics;
import dev.parley.contracts.event.UserUpdated;
import dev.parley.presence.Device;
import dev.parley.presence.EdgeSettings;
import dev.parley.presence.Personal;
import dev.parley.presence.ServiceTest;
import dev.parley.presence.Timeline;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

@QuarkusTest
class PersonalEventsTest extends ServiceTest {
  private final UUID conversation = Ids.next();

  @Test
  void eachGetsTheirOwnCountsOnEveryDeviceAndOthersNothing() {
    try (Device ana = Device.of(tenant, "ana");
        Device tablet = Device.of(tenant, "ana");
        Device ben = Device.of(tenant, "ben");
        Device eve = Device.of(tenant, "eve");
        Device namesake = Device.of(tenant + "x", "ana")) {
      Envelope event =
          Personal.unread(
              tenant, conversation, Personal.user("ana", 2, 5), Personal.user("ben", 3, 6));
      Personal.unread(tenant, conversation, Personal.user("eve", 9, 1));
      Personal.unread(tenant + "x", conversation, Personal.user("ana", 8, 1));

      JsonNode frame = ana.await("unread.updated");
      assertThat(frame.path("id").asText()).isEqualTo(event.id().toString());
      assertThat(frame.path("conversationId").asText()).isEqualTo(conversation.toString());
      assertThat(Json.text(frame.path("data")))
          .isEqualTo(
              "{\"readSeq\":7,\"unread\":2,\"mentions\":1,\"threadUnread\":2,\"version\":5,"
                  + "\"total\":12}");
      assertThat(tablet.await("unread.updated")).isEqualTo(frame);
      assertThat(ben.await("unread.updated").at("/data/unread").asLong()).isEqualTo(3);
      assertThat(unread(eve, 9)).containsExactly(9L);
      assertThat(unread(namesake, 8)).containsExactly(8L);
      assertThat(ana.frames("unread.updated")).hasSize(1);
    }
  }

  @Test
  void aClientGetsCountsAndNoEventThatIsNotOnItsList() {
    try (Device carl = Device.open(client("carl"), null);
        Device user = Device.of(tenant, "carl")) {
      Envelope other =
          Personal.event(tenant, conversation, Personal.client("carl", 1, 1), of("carl"));
      Wire.publish(Topics.MESSAGE_PERSONAL, renamed(other, "scheduled.updated"));
      Personal.unread(tenant, conversation, Personal.client("carl", 4, 2));
      Personal.unread(tenant, conversation, of("carl"));
      JsonNode frame = carl.await("unread.updated");
      assertThat(Json.text(frame.path("data")))
          .isEqualTo("{\"unread\":4,\"mentions\":0,\"threadUnread\":0,\"version\":2,\"total\":4}");
      user.await("unread.updated");
      assertThat(carl.frames()).noneMatch(f -> f.path("type").asText().equals("scheduled.updated"));
    }
  }

  @Test
  void nobodyElsesHandsGetWhatBelongsToAPerson() {
    String token = Tokens.of(tenant, "ana", Map.of("roles", "user", "impersonator", "root"));
    Timeline group = Timeline.of(tenant, "ana");
    try (Device root = Device.open(token, null);
        Device ana = Device.of(tenant, "ana")) {
      Personal.unread(tenant, conversation, of("ana"));
      ana.await("unread.updated");
      group.message("ana", "end");
      root.awaitBody("end");
      assertThat(root.frames("unread.updated")).isEmpty();
    }
  }

  @Test
  void everyUserOfTheTenantIsToldHowSomebodyIsShownClientsAndOthersAreNot() {
    String hands = Tokens.of(tenant, "ben", Map.of("roles", "user", "impersonator", "root"));
    String cursor = leave();
    try (Device ben = Device.of(tenant, "ben");
        Device root = Device.open(hands, null);
        Device carl = Device.open(client("carl"), null);
        Device other = Device.of(tenant + "x", "ben")) {
      tellOf("zoe", "Zoe", 2);
      for (Device device : List.of(ben, root)) {
        JsonNode frame = device.await("user.updated");
        assertThat(Json.text(frame.path("data")))
            .isEqualTo("{\"id\":\"zoe\",\"name\":\"Zoe\",\"active\":true,\"version\":2}");
      }
      Personal.unread(tenant, conversation, Personal.client("carl", 4, 2));
      Personal.unread(tenant + "x", conversation, of("ben"));
      carl.await("unread.updated");
      other.await("unread.updated");
      assertThat(carl.frames("user.updated")).isEmpty();
      assertThat(other.frames("user.updated")).isEmpty();
    }
    try (Device ana = Device.resume(tenant, "ana", cursor)) {
      ana.await("user.updated");
    }
    for (int i = 0; i < EdgeSettings.RING + 20; i++) {
      Personal.unread(tenant, conversation, Personal.user("eve", i, i));
    }
    try (Device ana = Device.resume(tenant, "ana", cursor)) {
      ana.await("user.updated");
      assertThat(ana.frames("resync_required")).isEmpty();
    }
  }

  private void tellOf(String user, String name, long version) {
    Envelope event =
        Envelope.of(
                EventType.USER_UPDATED,
                tenant,
                null,
                Actor.SYSTEM,
                Instant.now(),
                new UserUpdated(user, name, null, true, version))
            .to(List.of(Recipient.EVERY_USER));
    Schemas.validate(Json.bytes(event));
    Wire.publish(Topics.CONVERSATION_PERSONAL, user, event);
  }

  @Test
  void whatSaysNobodysNameReachesNobodyAndHoldsNothingUp() {
    Timeline group = Timeline.of(tenant, "ana", "ben");
    try (Device ana = Device.of(tenant, "ana")) {
      Envelope event = Personal.event(tenant, group.id, of("ana")).to(null);
      Wire.publish(Topics.MESSAGE_PERSONAL, event);
      Personal.unread(tenant, group.id, Personal.user("ana", 6, 2));
      assertThat(unread(ana, 6)).containsExactly(6L);
    }
  }

  @Test
  void whatWasMissedComesFromTheRing() {
    String cursor = leave();
    Personal.unread(tenant, conversation, Personal.user("ana", 2, 2), Personal.user("ben", 9, 9));
    Personal.unread(tenant, conversation, Personal.user("ana", 3, 3));
    Personal.unread(tenant, conversation, Personal.user("ben", 8, 10));
    try (Device ana = Device.resume(tenant, "ana", cursor)) {
      assertThat(ana.await("hello").path("resumed").asBoolean()).isTrue();
      assertThat(unread(ana, 3).stream().filter(n -> n != 1)).containsExactly(2L, 3L);
      Personal.unread(tenant, conversation, Personal.user("ana", 4, 4));
      assertThat(unread(ana, 4).stream().filter(n -> n != 1)).containsExactly(2L, 3L, 4L);
    }
  }

  @Test
  void whatIsOlderThanTheRingComesFromKafkaThoughTheyAreNoMember() {
    String cursor = leave();
    int count = EdgeSettings.RING + 20;
    for (int i = 2; i < count; i++) {
      Personal.unread(tenant, conversation, Personal.user("ana", i, i), Personal.user("ben", 1, i));
    }
    try (Device live = Device.of(tenant, "ana")) {
      Personal.unread(tenant, conversation, Personal.user("ana", count, count));
      unread(live, count);
    }
    try (Device ana = Device.resume(tenant, "ana", cursor)) {
      assertThat(unread(ana, count).stream().filter(n -> n != 1))
          .containsExactlyElementsOf(LongStream.rangeClosed(2, count).boxed().toList());
      assertThat(ana.frames("resync_required")).isEmpty();
    }
  }

  /** Ana's device sees that one is unread, keeps its cursor and is cut off. */
  private String leave() {
    Device device = Device.of(tenant, "ana");
    Personal.unread(tenant, conversation, Personal.user("ana", 1, 1));
    device.await("unread.updated");
    device.await("cursor");
    String cursor = device.cursor();
    device.cut();
    return cursor;
  }

  /** How much was unread, by all frames until the one that says so much. */
  private static List<Long> unread(Device device, long last) {
    device.await(frame -> frame.at("/data/unread").asLong() == last);
    return device.frames("unread.updated").stream()
        .map(frame -> frame.at("/data/unread").asLong())
        .toList();
  }

  private static Envelope renamed(Envelope event, String type) {
    return new Envelope(
        event.id(),
        type,
        1,
        event.tenant(),
        event.conversationId(),
        null,
        null,
        null,
        null,
        null,
        event.actor(),
        event.at(),
        null,
        event.to().subList(0, 1),
        event.data());
  }

  private static dev.parley.contracts.event.UnreadCount of(String user) {
    return Personal.user(user, 5, 5);
  }

  private String client(String id) {
    return Tokens.of(tenant, id, Map.of("roles", "client"));
  }
}
