package dev.parley.message.send.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.is;

import dev.parley.chassis.problem.Problem;
import dev.parley.chassis.tx.Tx;
import dev.parley.message.Group;
import dev.parley.message.WithBackEnds;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** A planned message that could not be sent, because a part of the system is away. */
@QuarkusTest
class PutOffTest extends WithBackEnds {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final Problem AWAY = Problem.unavailable(Duration.ofSeconds(1));

  /** So late that the service's own loop takes nothing of it. */
  private static final Instant AGAIN =
      Instant.now().plus(1, ChronoUnit.HOURS).truncatedTo(ChronoUnit.MILLIS);

  @Inject Tx tx;
  @Inject ScheduledMessages scheduled;
  @Inject SendDue sending;

  private final Group group = Group.of("ana", "bo");

  @Test
  void whatIsPutOffIsCancelledAndNeverSent() {
    String id = taken();
    cancel(id).statusCode(409).body("code", is("already_sent"));
    putOff(id);
    cancel(id).statusCode(204);
    cancel(id).statusCode(404);
    assertThat(items()).isZero();
  }

  @Test
  void whatIsChangedMeanwhileIsSentAsItIsThen() {
    String id = taken();
    change(id).statusCode(409).body("code", is("already_sent"));
    putOff(id);
    change(id).statusCode(200).body("body", is("Other"));
    await().atMost(SOON).until(() -> state(id).equals("sent"));
    group.page("bo", Map.of()).body("items.body", is(List.of("Other")));
  }

  @Test
  void whatWasPlacedAllTheSameIsSent() {
    String id = taken();
    group.send("ana", "scheduled-" + id, "x").statusCode(201);
    putOff(id);
    cancel(id).statusCode(409).body("code", is("already_sent"));
    change(id).statusCode(409).body("code", is("already_sent"));
    due(id, "scheduled", Instant.now());
    await().atMost(SOON).until(() -> state(id).equals("sent"));
    assertThat(items()).isEqualTo(1);
  }

  @Test
  void whatWasPlacedBeforeItsAuthorLostAccessIsReportedAsSent() {
    String id = taken();
    String other = taken();
    String placed = group.send("ana", "scheduled-" + id, "x").statusCode(201).extract().path("id");
    group.send("ana", "scheduled-" + other, "something else").statusCode(201);
    group.remove("ana");
    due(id, "sending", Instant.now());
    due(other, "sending", Instant.now());
    await().atMost(SOON).until(() -> state(id).equals("sent") && state(other).equals("failed"));
    assertThat(run(found(id)).messageId()).hasToString(placed);
    assertThat(run(found(other)).reason()).isEqualTo("not_found");
    assertThat(items()).isEqualTo(2);
  }

  @Test
  void whoTookItMeanwhileKeepsIt() {
    String id = taken();
    due(id, "sending", AGAIN.plusSeconds(3));
    putOff(id);
    assertThat(state(id)).isEqualTo("sending");
    cancel(id).statusCode(409).body("code", is("already_sent"));
  }

  @Test
  void ofACancellationAndASendAtOnceOneWins() {
    List<String> sent = new ArrayList<>();
    List<CompletableFuture<Integer>> answers = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      String id = taken();
      putOff(id);
      due(id, "scheduled", Instant.now());
      sent.add(id);
    }
    sent.forEach(
        id -> answers.add(CompletableFuture.supplyAsync(() -> cancel(id).extract().statusCode())));
    run(sending.turn());
    long cancelled = answers.stream().map(CompletableFuture::join).filter(is -> is == 204).count();
    await()
        .atMost(SOON)
        .until(() -> sent.stream().map(this::state).allMatch(s -> s.matches("sent|cancelled")));
    assertThat(items()).isEqualTo(10 - (int) cancelled);
  }

  /** A message whose time has come, and that a node has taken. */
  private String taken() {
    String id =
        group
            .as("ana")
            .body(
                Map.of(
                    "conversationId",
                    group.id().toString(),
                    "body",
                    "x",
                    "sendAt",
                    Instant.now().plusSeconds(3_600).toString(),
                    "zone",
                    "Europe/Vienna"))
            .post("/v1/scheduled-messages")
            .then()
            .statusCode(201)
            .extract()
            .path("id");
    due(id, "sending", AGAIN);
    return id;
  }

  private void due(String id, String state, Instant at) {
    run(
        tx.in(group.tenant())
            .change(
                """
                update scheduled_message
                set state = $3, due_at = $4, send_at = now() - interval '1 second'
                where tenant = $1 and id = $2
                """,
                Tuple.of(
                    group.tenant(),
                    UUID.fromString(id),
                    state,
                    OffsetDateTime.ofInstant(at, ZoneOffset.UTC))));
  }

  private void putOff(String id) {
    assertThat(run(sending.putOff(run(found(id)), AGAIN, AWAY))).isFalse();
  }

  private Uni<Scheduled> found(String id) {
    return tx.in(group.tenant())
        .read(
            "select * from scheduled_message where tenant = $1 and id = $2",
            Tuple.of(group.tenant(), UUID.fromString(id)))
        .map(rows -> Scheduled.of(rows.iterator().next()));
  }

  private String state(String id) {
    return run(
        tx.in(group.tenant())
            .read(
                "select state from scheduled_message where tenant = $1 and id = $2",
                Tuple.of(group.tenant(), UUID.fromString(id)))
            .map(rows -> rows.iterator().next().getString("state")));
  }

  private int items() {
    return group.page("bo", Map.of()).extract().<List<?>>path("items").size();
  }

  private ValidatableResponse change(String id) {
    return group
        .as("ana")
        .body(Map.of("body", "Other"))
        .patch("/v1/scheduled-messages/" + id)
        .then();
  }

  private ValidatableResponse cancel(String id) {
    return group.as("ana").delete("/v1/scheduled-messages/" + id).then();
  }

  private static <T> T run(Uni<T> work) {
    return work.await().atMost(SOON);
  }
}
