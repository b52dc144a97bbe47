package dev.parley.message.membership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.chassis.caller.Caller;
import dev.parley.chassis.caller.Role;
import dev.parley.chassis.problem.Problem;
import dev.parley.chassis.tx.Tx;
import dev.parley.contracts.Envelope;
import dev.parley.contracts.EventType;
import dev.parley.message.Group;
import dev.parley.message.Timelines;
import dev.parley.message.WithBackEnds;
import dev.parley.message.send.SendMessageRequest;
import dev.parley.message.send.SendWithin;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** A message is before the end of its author's membership, or it is not there (product.md §1). */
@QuarkusTest
class RightsRaceTest extends WithBackEnds {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final String WAITING =
      """
      select count(*) from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock' and query like 'with head%'
      """;

  @Inject Tx tx;
  @Inject Timelines timelines;
  @Inject Sequencing sequencing;
  @Inject SendWithin within;

  private final Group group = Group.of("ana", "bo", "cy");

  @Test
  void aSendThatWaitsWhileItsAuthorIsRemovedIsNotPlaced() {
    assertThat(whileRemoving("bo", () -> send(Map.of("clientMsgId", "c1", "body", "late"))))
        .isEqualTo(404);
    assertThat(bodies()).isEmpty();
  }

  @Test
  void aReplyThatWaitsWhileItsAuthorIsRemovedIsNotPlaced() {
    String root = group.said("ana", "Root");
    Map<String, String> reply = Map.of("clientMsgId", "c1", "body", "late", "threadRoot", root);
    assertThat(whileRemoving("bo", () -> send(reply))).isEqualTo(404);
    assertThat(bodies()).containsExactly("Root");
  }

  @Test
  void aSendThatWaitsWhileSomebodyElseIsRemovedIsPlacedBehindThat() {
    assertThat(whileRemoving("cy", () -> send(Map.of("clientMsgId", "c1", "body", "still here"))))
        .isEqualTo(201);
    assertThat(bodies()).containsExactly("still here");
    List<Envelope> log = group.log(3);
    assertThat(log)
        .extracting(Envelope::type)
        .containsExactly(
            EventType.CONVERSATION_CREATED, EventType.MEMBER_REMOVED, EventType.MESSAGE_CREATED);
    assertThat(log.get(1).effectiveSeq()).isZero();
    assertThat(log.get(2).seq()).isEqualTo(1);
  }

  @Test
  void whatIsSentWithinAnotherWorkLooksAgainAsWell() {
    assertThat(whileRemoving("cy", () -> sendWithin("c1", "still here"))).isEqualTo(201);
    assertThat(whileRemoving("bo", () -> sendWithin("c2", "late"))).isEqualTo(404);
    assertThat(bodies()).containsExactly("still here");
  }

  @Test
  void ofManySendsNoneIsPlacedBehindItsAuthorsRemoval() throws InterruptedException {
    ExecutorService many = Executors.newFixedThreadPool(8);
    List<CompletableFuture<Integer>> codes = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      Map<String, String> message = Map.of("clientMsgId", "c" + i, "body", "x");
      codes.add(CompletableFuture.supplyAsync(() -> send(message), many));
    }
    await().atMost(SOON).until(() -> codes.stream().filter(CompletableFuture::isDone).count() > 20);
    Envelope removed = group.remove("bo");
    many.shutdown();
    assertThat(many.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
    assertThat(codes).extracting(CompletableFuture::join).containsOnly(201, 404);
    long placed = codes.stream().filter(code -> code.join() == 201).count();
    assertThat(removed.effectiveSeq()).isEqualTo(placed);
    assertThat(bodies()).hasSize((int) placed);
  }

  /** The answer to what began before the removal had its place and waited until it was made. */
  private int whileRemoving(String user, Supplier<Integer> send) {
    Envelope request = group.request(EventType.MEMBER_REMOVE_REQUESTED, user, null);
    CompletableFuture<Void> locked = new CompletableFuture<>();
    CompletableFuture<Void> waits = new CompletableFuture<>();
    CompletableFuture<Void> removed =
        tx.in(group.tenant())
            .write(
                work ->
                    timelines
                        .place(work, group.tenant(), group.id())
                        .invoke(() -> locked.complete(null))
                        .call(() -> Uni.createFrom().completionStage(waits))
                        .flatMap(place -> sequencing.remove(work, request, place.orElseThrow())))
            .subscribeAsCompletionStage();
    locked.orTimeout(30, TimeUnit.SECONDS).join();
    CompletableFuture<Integer> answer = CompletableFuture.supplyAsync(send);
    await()
        .atMost(SOON)
        .pollInterval(Duration.ofMillis(20))
        .until(
            () ->
                tx.ofAllTenants()
                        .read(WAITING, Tuple.tuple())
                        .await()
                        .atMost(SOON)
                        .iterator()
                        .next()
                        .getLong(0)
                    == 1);
    waits.complete(null);
    removed.orTimeout(30, TimeUnit.SECONDS).join();
    return answer.orTimeout(30, TimeUnit.SECONDS).join();
  }

  private int send(Map<String, String> message) {
    return group.send("bo", message).extract().statusCode();
  }

  private int sendWithin(String clientMsgId, String body) {
    Caller bo = new Caller(group.tenant(), "bo", Set.of(Role.USER), "bo", null, false, null);
    try {
      tx.in(group.tenant())
          .write(
              work ->
                  within.send(
                      work,
                      bo,
                      group.id(),
                      new SendMessageRequest(
                          clientMsgId, body, null, null, null, null, null, null, null)))
          .await()
          .atMost(SOON);
      return 201;
    } catch (CompletionException | Problem refused) {
      return 404;
    }
  }

  private List<String> bodies() {
    return group.page("ana", Map.of("limit", 200)).extract().path("items.body");
  }
}
