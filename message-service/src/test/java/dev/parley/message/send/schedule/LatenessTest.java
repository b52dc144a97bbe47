package dev.parley.message.send.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.empty;

import dev.parley.chassis.Wire;
import dev.parley.chassis.await.Waiter;
import dev.parley.chassis.tx.Tx;
import dev.parley.chassis.user.Users;
import dev.parley.contracts.Ids;
import dev.parley.contracts.Json;
import dev.parley.contracts.Topics;
import dev.parley.contracts.event.ConversationType;
import dev.parley.contracts.event.Posting;
import dev.parley.message.Group;
import dev.parley.message.ImpatientWaiter;
import dev.parley.message.WithBackEnds;
import io.quarkus.test.junit.QuarkusMock;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
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

  @Inject Nodes nodes;
  @Inject Tx tx;
  @Inject ScheduledMessages scheduled;
  @Inject Users users;
  @Inject ScheduleConfig config;

  private final Group group = Group.of("ana", "bo");
  private final Instant sendAt =
      Instant.now().plus(Duration.ofDays(30)).truncatedTo(ChronoUnit.MILLIS);

  @Test
  void whatIsDueIsSentByTheNextLookAndNotBefore() {
    plan();
    nodes.turn(sendAt.minusMillis(1));
    group.page("bo", Map.of()).body("items", empty());
    nodes.turn(sendAt.plus(config.tick()));
    group.page("bo", Map.of()).body("items.body", contains("Later"));
    assertThat(config.tick()).isLessThanOrEqualTo(LATE_AT_MOST);
  }

  @Test
  void whatADeadNodeHasTakenIsSentByAnotherInTime() {
    plan();
    Instant taken = sendAt.plus(config.tick());
    assertThat(scheduled.take(taken, taken.plus(SendDue.LEASE), sendAt, 50).await().atMost(SOON))
        .anyMatch(message -> message.conversationId().equals(group.id()));
    nodes.turn(taken.plus(SendDue.LEASE).minusMillis(1));
    group.page("bo", Map.of()).body("items", empty());
    nodes.turn(taken.plus(SendDue.LEASE));
    group.page("bo", Map.of()).body("items.body", contains("Later"));
    assertThat(SendDue.LEASE.plus(config.tick())).isLessThanOrEqualTo(LATE_AT_MOST);
  }

  /** The waiter's clock stands still, so whoever asks it for what has vanished waits for ever. */
  @Test
  void whatHasVanishedMeanwhileHoldsUpNobody() {
    Group left = Group.create(group.tenant(), ConversationType.GROUP, Posting.ALL, "ana", "bo");
    deal("upsert", 1);
    plan(group, Map.of("recordRefs", List.of(Map.of("type", "deal", "id", "d1"))));
    plan(left, Map.of());
    plan();
    left.remove("ana");
    deal("delete", 2);
    await().atMost(SOON).until(() -> deleted() == 1);
    QuarkusMock.installMockForType(
        new ImpatientWaiter(Clock.fixed(Ids.timeOf(left.id()), ZoneOffset.UTC)), Waiter.class);
    nodes.turn(sendAt.plus(config.tick()));
    group.page("bo", Map.of()).body("items.body", contains("Later"));
    group
        .as("ana")
        .get("/v1/scheduled-messages")
        .then()
        .body("items.state", contains("failed", "failed"))
        .body("items.reason", containsInAnyOrder("unknown_reference", "not_found"));
  }

  private void deal(String op, long version) {
    Map<String, Object> deal =
        Map.of(
            "op",
            op,
            "tenant",
            group.tenant(),
            "type",
            "deal",
            "id",
            "d1",
            "version",
            version,
            "name",
            "Big one");
    Wire.publish(Topics.CRM_RECORDS, group.tenant() + "/deal/d1", (Object) deal);
  }

  private int deleted() {
    return tx.in(group.tenant())
        .read(
            "select from record_copy where tenant = $1 and id = 'd1' and deleted",
            Tuple.of(group.tenant()))
        .await()
        .atMost(SOON)
        .size();
  }

  private void plan() {
    plan(group, Map.of());
  }

  private void plan(Group where, Map<String, ?> more) {
    await().atMost(SOON).until(users::isKnown);
    Map<String, Object> plan = new HashMap<>(more);
    plan.put("conversationId", where.id().toString());
    plan.put("body", "Later");
    plan.put("zone", "UTC");
    plan.put("sendAt", Json.time(sendAt));
    where.as("ana").body(plan).post("/v1/scheduled-messages").then().statusCode(201);
  }

  /** One turn, and more as long as other tests' messages fill them. */
}
