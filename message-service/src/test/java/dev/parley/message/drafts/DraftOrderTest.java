package dev.parley.message.drafts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.chassis.tx.Tx;
import dev.parley.message.Group;
import dev.parley.message.WithBackEnds;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Of two news of a draft the later has the higher version, whoever waited for whom. */
@QuarkusTest
class DraftOrderTest extends WithBackEnds {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final String HOLD =
      "select from draft where tenant = $1 and conversation_id = $2 for update";
  private static final String CLEAR =
      """
      delete from draft where tenant = $1 and conversation_id = $2
      returning nextval('draft_version') as version
      """;
  private static final String WAITING =
      """
      select from pg_stat_activity
      where wait_event_type = 'Lock' and query like '%insert into draft%'
      """;

  @Inject Tx tx;

  private final Group group = Group.of("ana", "bo");

  @Test
  void whatIsSavedBehindAClearingIsNewerThanIt() {
    save("before");
    CompletableFuture<Void> held = new CompletableFuture<>();
    CompletableFuture<Void> go = new CompletableFuture<>();
    CompletableFuture<Long> cleared =
        tx.in(group.tenant())
            .write(
                work ->
                    work.sql()
                        .preparedQuery(HOLD)
                        .execute(draft())
                        .invoke(() -> held.complete(null))
                        .chain(() -> Uni.createFrom().completionStage(go))
                        .chain(() -> work.sql().preparedQuery(CLEAR).execute(draft()))
                        .map(rows -> rows.iterator().next().getLong("version")))
            .subscribeAsCompletionStage();
    held.orTimeout(30, TimeUnit.SECONDS).join();
    CompletableFuture<Long> saved = CompletableFuture.supplyAsync(() -> save("behind"));
    await().atMost(SOON).until(this::isWaited);
    go.complete(null);
    assertThat(saved.orTimeout(30, TimeUnit.SECONDS).join())
        .isGreaterThan(cleared.orTimeout(30, TimeUnit.SECONDS).join());
  }

  private Tuple draft() {
    return Tuple.of(group.tenant(), group.id());
  }

  private boolean isWaited() {
    return tx.ofAllTenants().read(WAITING, Tuple.tuple()).await().atMost(SOON).size() > 0;
  }

  private long save(String body) {
    return group
        .as("ana")
        .body(Map.of("body", body))
        .put("/v1/drafts/" + group.id())
        .then()
        .statusCode(200)
        .extract()
        .<Number>path("version")
        .longValue();
  }
}
