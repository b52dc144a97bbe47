package dev.parley.presence.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.chassis.Tokens;
import dev.parley.chassis.Wire;
import dev.parley.contracts.Actor;
import dev.parley.contracts.Envelope;
import dev.parley.contracts.EventType;
import dev.parley.contracts.Json;
import dev.parley.contracts.Topics;
import dev.parley.contracts.event.ConversationType;
import dev.parley.contracts.event.Visibility;
import dev.parley.presence.Device;
import dev.parley.presence.LogReader;
import dev.parley.presence.LogRecord;
import dev.parley.presence.ServiceTest;
import dev.parley.presence.Session;
import dev.parley.presence.Timeline;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What a newer service may write and this one cannot show: nothing else is missing for it. */
@QuarkusTest
class UnreadableTest extends ServiceTest {
  /** The participants are no list: the clients' form needs one. */
  private static final Map<String, Object> BROKEN = Map.of("id", "x", "participants", "none");

  @Inject MeterRegistry meters;

  @Test
  void aFormThatCannotBeMadeIsMissingAloneLiveAndInAReplay() {
    Timeline channel = Timeline.withClient(tenant, "ana", "carl");
    String token = Tokens.of(tenant, "carl", Map.of("roles", "client"));
    double before = unreadable();
    try (Device carl = Device.open(token, null)) {
      String cursor = carl.cursor();
      channel.message("ana", "one");
      channel.tell(EventType.CONVERSATION_UPDATED, "ana", BROKEN);
      channel.message("ana", "two");
      carl.awaitBody("two");
      assertThat(carl.bodies()).containsExactly("one", "two");
      assertThat(carl.frames("conversation.updated")).isEmpty();
      Awaitility.await().atMost(SOON).until(() -> unreadable() == before + 1);
      try (Device again = Device.open(token, cursor)) {
        again.awaitBody("two");
        assertThat(again.bodies()).containsExactly("one", "two");
      }
    }
  }

  @Test
  void theOthersGetTheirForm() {
    LogRecord record =
        LogReader.read(
            0,
            1,
            1,
            Json.bytes(
                Envelope.of(
                    EventType.CONVERSATION_UPDATED,
                    "acme",
                    Records.ROOM,
                    Actor.SYSTEM,
                    Instant.EPOCH,
                    BROKEN)));
    Members members = new Members();
    Session carl = new Session("acme", "client", "carl", "Carl", null, false, Instant.MAX);
    Delivery delivery = new Delivery(record);
    assertThat(delivery.frame(members.enter(carl, List.of()))).isNull();
    assertThat(delivery.frame(members.enter(Records.user("ana"), List.of()))).isNotNull();
    assertThatThrownBy(delivery::check).isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void aConversationOfATypeThatIsNotKnownIsItsMembersAlone() {
    Timeline group = Timeline.of(tenant, ConversationType.CHANNEL, "ana");
    try (Device ana = Device.of(tenant, "ana");
        Device look = Device.of(tenant, "eve")) {
      look.look(group.id);
      look.send("{\"type\":\"follow\",\"lists\":[\"inbox.team\"]}");
      look.pong();
      group.message("ana", "one");
      ObjectNode future =
          (ObjectNode)
              Json.read(
                  Json.text(group.prepare("ana", "of the future", Visibility.ALL)), JsonNode.class);
      future.put("conversationType", "future");
      Wire.publish(Topics.TIMELINE, group.id.toString(), Json.text(future));
      group.message("ana", "two");
      ana.awaitBody("two");
      look.awaitBody("two");
      assertThat(ana.bodies()).containsExactly("one", "of the future", "two");
      assertThat(look.bodies()).containsExactly("one", "two");
    }
  }

  private double unreadable() {
    return meters.counter("parley.edge.unreadable").count();
  }
}
