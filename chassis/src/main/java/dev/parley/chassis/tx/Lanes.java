package dev.parley.chassis.tx;

import dev.parley.chassis.await.OwnContext;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.function.Function;

/**
 * Lets statements that lock the same row go in batches: while one is under way those that come wait
 * here instead of at the row, each with a connection, and then go together as one transaction, in
 * the order in which they came. One that comes alone goes at once.
 *
 * <p>A batch that fails leaves nothing; each of its statements is then run by itself, so that none
 * fails for another's sake. A statement must therefore bear to be run twice. Its limit: order holds
 * within this node alone.
 */
final class Lanes {
  static final int TOGETHER = 64;

  private final Map<Lane, Queue<Waiting>> lanes = new ConcurrentHashMap<>();

  /** Whose rows, which of them, and what is done to them. */
  record Lane(String tenant, Object key, String statement) {}

  /** Runs one statement for each of these parameters in one transaction. */
  interface Runner extends Function<List<Tuple>, Uni<RowSet<Row>>> {}

  private record Waiting(
      Tuple parameters, CompletableFuture<RowSet<Row>> answer, Executor context) {}

  /** Runs it behind those that are under way in its lane. */
  Uni<RowSet<Row>> run(Lane lane, Tuple parameters, Runner runner) {
    Waiting one = new Waiting(parameters, new CompletableFuture<>(), OwnContext.executor());
    if (isFirst(lane, one)) {
      start(lane, List.of(one), runner);
    }
    return Uni.createFrom().completionStage(one.answer()).emitOn(one.context());
  }

  private boolean isFirst(Lane lane, Waiting one) {
    boolean[] first = new boolean[1];
    lanes.compute(
        lane,
        (key, waiting) -> {
          if (waiting == null) {
            first[0] = true;
            return new ConcurrentLinkedQueue<>();
          }
          waiting.add(one);
          return waiting;
        });
    return first[0];
  }

  private void start(Lane lane, List<Waiting> batch, Runner runner) {
    Uni.createFrom()
        .deferred(() -> runner.apply(batch.stream().map(Waiting::parameters).toList()))
        .subscribe()
        .with(
            rows -> {
              next(lane, runner);
              answer(batch, rows);
            },
            failure -> {
              next(lane, runner);
              fail(batch, failure, runner);
            });
  }

  private void next(Lane lane, Runner runner) {
    List<Waiting> batch = new ArrayList<>();
    lanes.computeIfPresent(
        lane,
        (key, waiting) -> {
          while (batch.size() < TOGETHER && !waiting.isEmpty()) {
            batch.add(waiting.poll());
          }
          return batch.isEmpty() ? null : waiting;
        });
    if (!batch.isEmpty()) {
      batch.get(0).context().execute(() -> start(lane, batch, runner));
    }
  }

  private static void answer(List<Waiting> batch, RowSet<Row> rows) {
    RowSet<Row> own = rows;
    for (Waiting one : batch) {
      one.answer().complete(own);
      own = own.next();
    }
  }

  private static void fail(List<Waiting> batch, Throwable failure, Runner runner) {
    if (batch.size() == 1) {
      batch.get(0).answer().completeExceptionally(failure);
      return;
    }
    for (Waiting one : batch) {
      one.context()
          .execute(
              () ->
                  runner
                      .apply(List.of(one.parameters()))
                      .subscribe()
                      .with(one.answer()::complete, one.answer()::completeExceptionally));
    }
  }
}
