package dev.parley.message;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Does what falls due by a time in the database: one turn at a time on this node, and no request's.
 *
 * <p>Any number of nodes run the same loop. What a turn takes it takes by row locks, skipping what
 * another node has; when anything else is due follows from the table, never from memory, so it is
 * done though every node dies meanwhile.
 */
public final class DueLoop {
  private static final Logger LOG = Logger.getLogger(DueLoop.class);
  private static final long NO_TIMER = -1;

  private final Vertx vertx;
  private final Context context;
  private final String what;
  private final Duration pause;
  private final Supplier<Uni<Duration>> turn;
  private long timer = NO_TIMER;
  private boolean running;
  private boolean poked;
  private boolean stopped;

  private DueLoop(Vertx vertx, String what, Duration pause, Supplier<Uni<Duration>> turn) {
    this.vertx = vertx;
    this.context = vertx.getOrCreateContext();
    this.what = what;
    this.pause = pause;
    this.turn = turn;
  }

  /**
   * Starts a loop; call it at the application's start, outside of any request.
   *
   * @param what for the log
   * @param pause before the first turn, and after one that failed
   * @param turn does what is due now and says how soon to look again; zero: there may be more
   */
  public static DueLoop start(
      Vertx vertx, String what, Duration pause, Supplier<Uni<Duration>> turn) {
    DueLoop loop = new DueLoop(vertx, what, pause, turn);
    loop.context.runOnContext(go -> loop.next(pause));
    return loop;
  }

  /** Does one thing for each of what is due, so many at the same time; fails when one does. */
  public static <T> Uni<Void> each(List<T> due, int concurrently, Function<T, Uni<?>> one) {
    return Multi.createFrom()
        .iterable(due)
        .onItem()
        .transformToUni(one)
        .merge(concurrently)
        .collect()
        .asList()
        .replaceWithVoid();
  }

  /** Something is due now. */
  public void poke() {
    context.runOnContext(
        go -> {
          if (running) {
            poked = true;
          } else {
            run();
          }
        });
  }

  /** The turn under way is the last. */
  public void stop() {
    context.runOnContext(
        go -> {
          stopped = true;
          vertx.cancelTimer(timer);
        });
  }

  private void next(Duration wait) {
    running = false;
    boolean atOnce = poked || wait.isZero();
    poked = false;
    if (stopped) {
      return;
    }
    if (atOnce) {
      run();
    } else {
      timer = vertx.setTimer(Math.max(1, wait.toMillis()), due -> run());
    }
  }

  private void run() {
    if (stopped) {
      return;
    }
    vertx.cancelTimer(timer);
    running = true;
    Uni.createFrom()
        .deferred(() -> turn.get())
        .subscribe()
        .with(
            wait -> context.runOnContext(go -> next(wait)),
            failure -> {
              LOG.warnf("%s put off: %s", what, failure.getClass().getName());
              context.runOnContext(go -> next(pause));
            });
  }
}
