package dev.parley.message.send.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;

import dev.parley.chassis.tx.Tx;
import dev.parley.chassis.user.Users;
import dev.parley.contracts.Json;
import dev.parley.message.Group;
import dev.parley.message.WithBackEnds;
import dev.parley.message.send.SendMessage;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.Vertx;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * A planned message is at most five seconds late though the node dies that has taken it: by the
 * hands of the nodes' clocks, so that it does not matter how busy the machine is.
 */
@QuarkusTest
class LatenessTest extends WithBackEnds {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final Duration LATE_AT_MOST = Duration.ofSeconds(5);

  @Inject Vertx vertx;
  @Inject Tx tx;
  @Inject ScheduledMessages scheduled;
  @Inject SendMessage send;
  @Inject Users users;
  @Inject ScheduleConfig config;

  private final Group group = Group.of("ana", "bo");
  private final Instant sendAt =
      Instant.now().plus(Duration.ofDays(30)).truncatedTo(ChronoUnit.MILLIS);

  @Test
  void whatIsDueIsSentByTheNextLookAndNotBefore() {
    plan();
    turn(sendAt.minusMillis(1));
    group.page("bo", Map.of()).body("items", empty());
    turn(sendAt.plus(config.tick()));
    group.page("bo", Map.of()).body("items.body", contains("Later"));
    assertThat(config.tick()).isLessThanOrEqualTo(LATE_AT_MOST);
  }

  @Test
  void whatADeadNodeHasTakenIsSentByAnotherInTime() {
    plan();
    Instant taken = sendAt.plus(config.tick());
    assertThat(scheduled.take(taken, taken.plus(SendDue.LEASE), 50).await().atMost(SOON))
        .anyMatch(message -> message.conversationId().equals(group.id()));
    turn(taken.plus(SendDue.LEASE).minusMillis(1));
    group.page("bo", Map.of()).body("items", empty());
    turn(taken.plus(SendDue.LEASE));
    group.page("bo", Map.of()).body("items.body", contains("Later"));
    assertThat(SendDue.LEASE.plus(config.tick())).isLessThanOrEqualTo(LATE_AT_MOST);
  }

  private void plan() {
    await().atMost(SOON).until(users::isKnown);
    group
        .as("ana")
        .body(
            Map.of(
                "conversationId",
                group.id().toString(),
                "body",
                "Later",
                "zone",
                "UTC",
                "sendAt",
                Json.time(sendAt)))
        .post("/v1/scheduled-messages")
        .then()
        .statusCode(201);
  }

  private void turn(Instant at) {
    Clock hand = Clock.fixed(at, ZoneOffset.UTC);
    new SendDue(vertx, tx, scheduled, send, users, config, hand).turn().await().atMost(SOON);
  }
}
