package dev.parley.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.chassis.Wire;
import dev.parley.chassis.tx.Tx;
import dev.parley.chassis.tx.Work;
import dev.parley.contracts.EventType;
import dev.parley.contracts.Recipient;
import dev.parley.contracts.Topics;
import dev.parley.contracts.event.UnreadCount;
import dev.parley.contracts.event.UnreadUpdated;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.inject.Vetoed;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Whoever has counted first has told it first. */
@QuarkusTest
class CountOrderTest extends WithBackEnds {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final String WAITING =
      "select from pg_locks where locktype = 'advisory' and not granted";

  @Inject Tx tx;
  @Inject Clock clock;

  private final Group group = Group.of("ana", "bo");

  @Test
  void aCountThatIsStillBeingToldIsNotOvertakenByANewerOne() {
    group.send("ana", "c1", "x").statusCode(201);
    told(1);
    SlowCounts slow = new SlowCounts(tx);
    CompletableFuture<Void> first =
        new CountLog(tx, slow, clock)
            .tell(
                List.of(
                    new CountLog.News(group.tenant(), group.id(), Set.of(Recipient.user("bo")))))
            .subscribeAsCompletionStage();
    slow.counted.orTimeout(30, TimeUnit.SECONDS).join();
    CompletableFuture<Void> second =
        CompletableFuture.runAsync(
            () ->
                group
                    .as("bo")
                    .body(Map.of("seq", 1))
                    .put("/v1/timelines/" + group.id() + "/read")
                    .then()
                    .statusCode(200));
    await().atMost(SOON).until(() -> second.isDone() || isWaited());
    slow.go.complete(null);
    first.orTimeout(30, TimeUnit.SECONDS).join();
    second.orTimeout(30, TimeUnit.SECONDS).join();
    assertThat(told(3)).isSorted();
  }

  private boolean isWaited() {
    return tx.ofAllTenants().read(WAITING, Tuple.tuple()).await().atMost(SOON).size() > 0;
  }

  /** The versions that bo was told, in the order of the topic. */
  private List<Long> told(int count) {
    return Wire.await(
            Topics.MESSAGE_PERSONAL,
            count,
            SOON,
            event ->
                group.id().equals(event.conversationId())
                    && EventType.UNREAD_UPDATED.equals(event.type())
                    && event.to().contains(Recipient.user("bo")))
        .stream()
        .map(event -> event.data(UnreadUpdated.class).counts())
        .map(counts -> counts.stream().filter(c -> c.id().equals("bo")).findFirst().orElseThrow())
        .map(UnreadCount::version)
        .toList();
  }

  /** Has counted, and goes on when it is told. */
  @Vetoed
  private static final class SlowCounts extends Counts {
    private final CompletableFuture<Void> counted = new CompletableFuture<>();
    private final CompletableFuture<Void> go = new CompletableFuture<>();

    SlowCounts(Tx tx) {
      super(tx);
    }

    @Override
    Uni<List<Count>> in(Work work, Collection<UUID> conversations, Collection<Person> people) {
      return super.in(work, conversations, people)
          .invoke(() -> counted.complete(null))
          .call(() -> Uni.createFrom().completionStage(go));
    }
  }
}
