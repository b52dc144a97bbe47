package dev.parley.chassis.tx;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.parley.chassis.await.OwnContext;
import dev.parley.chassis.problem.Outages;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import io.vertx.pgclient.PgException;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Lets equal statements of a tenant share transactions. One that comes while none is under way goes
 * at once; those that come meanwhile wait here and then go together, as one round trip and one
 * commit: when it has ended, or beside it after {@link TxConfig#gather()}, two at most. A row that
 * is locked by one under way is waited for here as well, not at the row with a connection in the
 * hand; others overtake what waits so.
 *
 * <p>Statements on one row go in the order in which they came. Within a transaction rows are locked
 * in the order of their ids as text, so that no two such transactions wait for each other; whoever
 * else locks several of these rows must do the same.
 *
 * <p>A group that fails leaves nothing. When one of its statements is at fault, or a deadlock, each
 * is then run by itself, so that none fails for another's sake; when the database is away, all
 * fail. A statement must therefore bear to be run twice. Its limit: order holds within this node
 * alone.
 */
@ApplicationScoped
class GroupCommit {
  static final int TOGETHER = 64;

  /** Transactions of a tenant at once, so that others have connections, too. */
  private static final int SIDE_BY_SIDE = 2;

  /** SQLSTATE class of deadlocks. */
  private static final String ROLLED_BACK = "40";

  private static final Duration KEPT_IDLE = Duration.ofMinutes(1);

  private final Vertx vertx;
  private final long gather;
  private final Cache<Key, Line> lines = Caffeine.newBuilder().expireAfterAccess(KEPT_IDLE).build();

  GroupCommit(Vertx vertx, TxConfig config) {
    this.vertx = vertx;
    this.gather = config.gather().toNanos();
  }

  /** Runs one statement for each of these parameters in one transaction. */
  interface Runner extends Function<List<Tuple>, Uni<RowSet<Row>>> {}

  private record Key(String tenant, String statement) {}

  private record Waiting(
      UUID row, Tuple parameters, CompletableFuture<RowSet<Row>> answer, Executor context) {}

  /**
   * Runs it.
   *
   * @param row that the statement locks first
   */
  Uni<RowSet<Row>> run(String tenant, UUID row, String statement, Tuple parameters, Runner runner) {
    Waiting one = new Waiting(row, parameters, new CompletableFuture<>(), OwnContext.executor());
    lines.get(new Key(tenant, statement), key -> new Line(runner)).add(one);
    return Uni.createFrom().completionStage(one.answer()).emitOn(one.context());
  }

  /** Those of one tenant for one statement. */
  private final class Line {
    private final Runner runner;
    private final Queue<Waiting> waiting = new LinkedList<>();
    private final Set<UUID> locked = new HashSet<>();
    private int underWay;
    private long began;
    private boolean timed;

    Line(Runner runner) {
      this.runner = runner;
    }

    void add(Waiting one) {
      synchronized (this) {
        waiting.add(one);
      }
      begin();
    }

    private void begin() {
      for (List<Waiting> group = next(); !group.isEmpty(); group = next()) {
        List<Waiting> ready = group;
        ready.get(0).context().execute(() -> run(ready));
      }
    }

    /** What may go now. */
    private synchronized List<Waiting> next() {
      if (waiting.isEmpty() || underWay >= SIDE_BY_SIDE || underWay > 0 && isGathering()) {
        return List.of();
      }
      List<Waiting> group = take();
      if (!group.isEmpty()) {
        underWay++;
        began = System.nanoTime();
      }
      return group;
    }

    /** Whether there is time left until the next goes beside those under way; sees to its end. */
    private boolean isGathering() {
      long left = TimeUnit.NANOSECONDS.toMillis(gather - (System.nanoTime() - began));
      if (left > 0 && !timed) {
        timed = true;
        vertx.setTimer(left, timer -> endGathering());
      }
      return left > 0;
    }

    private void endGathering() {
      synchronized (this) {
        timed = false;
      }
      begin();
    }

    private List<Waiting> take() {
      List<Waiting> group = new ArrayList<>();
      for (Iterator<Waiting> all = waiting.iterator(); all.hasNext() && group.size() < TOGETHER; ) {
        Waiting one = all.next();
        if (!locked.contains(one.row())) {
          group.add(one);
          all.remove();
        }
      }
      if (group.size() > 1) {
        group.sort(Comparator.comparing(one -> one.row().toString()));
      }
      group.forEach(one -> locked.add(one.row()));
      return group;
    }

    private void run(List<Waiting> group) {
      Uni.createFrom()
          .deferred(() -> runner.apply(group.stream().map(Waiting::parameters).toList()))
          .subscribe()
          .with(
              rows -> {
                answer(group, rows);
                release(group);
              },
              failure -> {
                if (group.size() > 1 && isOfOne(failure)) {
                  runEach(group);
                } else {
                  group.forEach(one -> one.answer().completeExceptionally(failure));
                  release(group);
                }
              });
    }

    private void release(List<Waiting> group) {
      synchronized (this) {
        underWay--;
        group.forEach(one -> locked.remove(one.row()));
      }
      begin();
    }

    /** One after the other; their rows stay theirs meanwhile. */
    private void runEach(List<Waiting> group) {
      Multi.createFrom()
          .iterable(group)
          .onItem()
          .transformToUniAndConcatenate(this::runAlone)
          .subscribe()
          .with(done -> {}, failure -> release(group), () -> release(group));
    }

    private Uni<Boolean> runAlone(Waiting one) {
      return Uni.createFrom()
          .deferred(() -> runner.apply(List.of(one.parameters())))
          .map(one.answer()::complete)
          .onFailure()
          .recoverWithItem(failure -> one.answer().completeExceptionally(failure));
    }
  }

  /** Whether one statement or two transactions' locks are at fault; not: the database is away. */
  private static boolean isOfOne(Throwable failure) {
    return failure instanceof PgException pg
        && (!Outages.isOutage(pg) || pg.getSqlState().startsWith(ROLLED_BACK));
  }

  private static void answer(List<Waiting> group, RowSet<Row> rows) {
    RowSet<Row> own = rows;
    for (Waiting one : group) {
      one.answer().complete(own);
      own = own.next();
    }
  }
}
