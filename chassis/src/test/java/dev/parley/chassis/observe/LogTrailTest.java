package dev.parley.chassis.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.chassis.LogLines;
import dev.parley.chassis.ProbeTest;
import dev.parley.chassis.Wire;
import dev.parley.chassis.app.ProbeEvents;
import dev.parley.chassis.problem.ProblemMappers;
import dev.parley.contracts.Actor;
import dev.parley.contracts.Envelope;
import dev.parley.contracts.Ids;
import dev.parley.contracts.Json;
import dev.parley.contracts.Topics;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A trail is found again in the log lines of whoever works on it. */
@QuarkusTest
class LogTrailTest extends ProbeTest {
  private static final String CONSUMER = "dev.parley.chassis.consume.ConsumerLoop";
  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";

  @Inject ProbeEvents probe;
  @Inject Clock clock;

  @AfterEach
  void cure() {
    probe.poison().clear();
  }

  @Test
  void aRequestsLinesNameItsTrailAndItsTenant() {
    try (LogLines lines = new LogLines(ProblemMappers.class.getName())) {
      asUser()
          .header("X-Request-Id", "req-" + tenant)
          .header("traceparent", "00-" + TRACE + "-b7ad6b7169203331-01")
          .get("/v1/probes/failures/caller")
          .then()
          .statusCode(500);

      assertThat(lines.with("/v1/probes/failures/caller")).hasSize(1);
      assertThat(lines.with("/v1/probes/failures/caller").get(0).names())
          .containsEntry("requestId", "req-" + tenant)
          .containsEntry("traceId", TRACE)
          .containsEntry("tenant", tenant);
    }
  }

  @Test
  void aConsumersLinesNameTheTrailOfTheRecordAndNotOfTheOneBefore() {
    UUID conversation = Ids.next();
    probe.poison().add("probe.bad." + tenant);
    try (LogLines lines = new LogLines(CONSUMER)) {
      publish(
          conversation,
          Map.of(
              "x-request-id",
              "req-" + tenant,
              "traceparent",
              "00-" + TRACE + "-b7ad6b7169203331-01"));
      await().atMost(Duration.ofSeconds(20)).until(() -> aside(lines, conversation) == 1);

      UUID another = Ids.next();
      publish(another, Map.of());
      await().atMost(Duration.ofSeconds(20)).until(() -> aside(lines, another) == 1);

      assertThat(line(lines, conversation))
          .containsEntry("requestId", "req-" + tenant)
          .containsEntry("traceId", TRACE)
          .containsEntry("tenant", tenant);
      assertThat(line(lines, another))
          .containsEntry("tenant", tenant)
          .doesNotContainKeys("requestId", "traceId");
    }
  }

  private void publish(UUID conversation, Map<String, String> headers) {
    Envelope event =
        Envelope.of(
            "probe.bad." + tenant, tenant, conversation, Actor.SYSTEM, clock.instant(), Map.of());
    Wire.publish(Topics.CONVERSATION.name(), conversation.toString(), Json.bytes(event), headers);
  }

  private static long aside(LogLines lines, UUID conversation) {
    return lines.with("aside").stream()
        .filter(line -> conversation.toString().equals(line.names().get("conversationId")))
        .count();
  }

  private static Map<String, String> line(LogLines lines, UUID conversation) {
    return lines.with("aside").stream()
        .map(LogLines.Line::names)
        .filter(names -> conversation.toString().equals(names.get("conversationId")))
        .findFirst()
        .orElseThrow();
  }
}
