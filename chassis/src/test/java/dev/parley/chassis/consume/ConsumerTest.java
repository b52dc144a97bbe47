package dev.parley.chassis.consume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import dev.parley.chassis.BackEnds;
import dev.parley.chassis.ProbeTest;
import dev.parley.chassis.Wire;
import dev.parley.chassis.app.ProbeEvents;
import dev.parley.chassis.app.Things;
import dev.parley.contracts.Actor;
import dev.parley.contracts.Envelope;
import dev.parley.contracts.Ids;
import dev.parley.contracts.Json;
import dev.parley.contracts.Topics;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;

/** What a batch consumer is promised: at least once, poison put aside, outages waited for. */
@QuarkusTest
class ConsumerTest extends ProbeTest {
  private static final String TIMELINE = Topics.TIMELINE.name();
  private static final String LETTERS = Topics.CONVERSATION.deadLetters("message-service").name();

  @Inject ProbeEvents probe;
  @Inject Things things;
  @Inject Clock clock;

  @Test
  void anEventThatComesTwiceHasItsEffectOnce() {
    List<Envelope> events = publish(20, "probe.sent");
    for (Envelope event : events) {
      Wire.publish(Topics.CONVERSATION, event);
    }
    // What comes last says that all before it was handled: one key, one order.
    Envelope last = event("probe.sent", events.get(19).conversationId());
    Wire.publish(Topics.CONVERSATION, last);

    awaitEffects(21);
  }

  @Test
  void poisonIsPutAsideAndTheOthersHaveTheirEffect() {
    probe.poison().add("probe.poison." + tenant);
    List<Envelope> before = publish(50, "probe.sent");
    Envelope poison = event("probe.poison." + tenant, before.get(49).conversationId());
    Wire.publish(Topics.CONVERSATION, poison);
    publish(49, "probe.sent");

    awaitEffects(99);
    ConsumerRecord<String, byte[]> letter = letter();
    assertThat(json(letter).get("id").asText()).isEqualTo(poison.id().toString());
    assertThat(letter.key()).isEqualTo(poison.conversationId().toString());
    assertThat(header(letter, "dlq_topic")).isEqualTo(Topics.CONVERSATION.name());
    assertThat(header(letter, "dlq_failure")).isEqualTo(IllegalArgumentException.class.getName());
    assertThat(header(letter, "dlq_offset")).matches("\\d+");
    assertThat(header(letter, "dlq_partition")).matches("[0-5]");
    assertThat(header(letter, "ce_type")).isEqualTo(poison.type());

    replay(500).body("failedAt", containsString("@"));
    assertThat(get(things.count("effect", tenant))).isEqualTo(99);

    probe.poison().clear();
    replay(200).body("replayed", is(1));
    awaitEffects(100);
    replay(200).body("replayed", is(0));
  }

  @Test
  void whatIsNoEventIsPutAside() {
    Envelope good = event("probe.sent", Ids.next());
    Wire.publish(Topics.CONVERSATION, tenant, "{\"tenant\": \"" + tenant + "\", \"id\": 5}");
    Wire.publish(Topics.CONVERSATION, tenant, good);

    awaitEffects(1);
    await().atMost(Duration.ofSeconds(30)).until(() -> records(LETTERS).size() == 1);
  }

  @Test
  void whatIsNotYetPossibleIsTriedUntilItIs() {
    String type = "probe.early." + tenant;
    probe.early().add(type);
    int before = probe.notYets();
    UUID conversation = Ids.next();
    Wire.publish(Topics.CONVERSATION, event(type, conversation));
    Wire.publish(Topics.CONVERSATION, event("probe.sent", conversation));
    await().atMost(Duration.ofSeconds(30)).until(() -> probe.notYets() >= before + 10);
    assertThat(get(things.count("effect", tenant))).isZero();

    probe.early().remove(type);

    awaitEffects(2);
    assertThat(records(LETTERS)).isEmpty();
  }

  @Test
  void aDatabaseThatIsAwayIsWaitedFor() {
    publish(1, "probe.sent");
    awaitEffects(1);

    BackEnds.command("stop postgres");
    try {
      publish(100, "probe.sent");
      asUser()
          .get("/v1/probes/database")
          .then()
          .statusCode(503)
          .contentType(containsString("application/problem+json"))
          .header("Retry-After", "1")
          .body("code", is("unavailable"));
    } finally {
      BackEnds.command("start postgres");
    }

    awaitEffects(101);
    assertThat(records(LETTERS)).isEmpty();
  }

  @Test
  void whatARecordCausesKeepsItsTrail() {
    String trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    Envelope asked = event("probe.asked", Ids.next());
    Wire.publish(
        Topics.CONVERSATION.name(),
        asked.conversationId().toString(),
        Json.bytes(asked),
        Map.of("x-request-id", "req-7", "traceparent", trace));

    await().atMost(Duration.ofSeconds(30)).until(() -> records(TIMELINE).size() == 1);
    ConsumerRecord<String, byte[]> answered = records(TIMELINE).get(0);
    assertThat(header(answered, "x-request-id")).isEqualTo("req-7");
    assertThat(header(answered, "traceparent")).startsWith(trace.substring(0, 36)).endsWith("-01");
  }

  private List<Envelope> publish(int count, String type) {
    UUID conversation = Ids.next();
    List<Envelope> events = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Envelope event = event(type, conversation);
      events.add(event);
      Wire.publish(Topics.CONVERSATION, event);
    }
    return events;
  }

  private Envelope event(String type, UUID conversation) {
    return Envelope.of(type, tenant, conversation, Actor.SYSTEM, clock.instant(), Map.of());
  }

  private void awaitEffects(int count) {
    await()
        .atMost(Duration.ofSeconds(20))
        .ignoreExceptions()
        .until(() -> get(things.count("effect", tenant)) >= count);
    assertThat(get(things.count("effect", tenant))).isEqualTo(count);
  }

  private ConsumerRecord<String, byte[]> letter() {
    await().atMost(Duration.ofSeconds(30)).until(() -> records(LETTERS).size() == 1);
    return records(LETTERS).get(0);
  }

  private static ValidatableResponse replay(int status) {
    return RestAssured.given()
        .baseUri(management())
        .post("/dead-letters/probe?topic=" + Topics.CONVERSATION.name())
        .then()
        .statusCode(status);
  }

  private static String management() {
    return ConfigProvider.getConfig()
        .getValue("test.management.url", String.class)
        .replaceFirst("/q$", "");
  }

  private static String header(ConsumerRecord<String, byte[]> record, String name) {
    return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
  }
}
