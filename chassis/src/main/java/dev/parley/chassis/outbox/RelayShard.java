package dev.parley.chassis.outbox;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/** Runs one shard's cycles, one after another, on one event loop. */
final class RelayShard {
  private static final Logger LOG = Logger.getLogger(RelayShard.class);

  private final Vertx vertx;
  private final OutboxConfig config;
  private final int shard;
  private final RelayCycle cycle;
  private final AtomicBoolean stopped;
  private final Context context;

  /** A poke has come that no cycle has begun after. */
  private final AtomicBoolean wanted = new AtomicBoolean();

  private final AtomicBoolean running = new AtomicBoolean();

  /** When the last cycle began. */
  private long began = System.nanoTime();

  /** Whether the last cycle failed, and that was logged. */
  private boolean failing;

  RelayShard(Vertx vertx, OutboxConfig config, int shard, RelayCycle cycle, AtomicBoolean stopped) {
    this.vertx = vertx;
    this.config = config;
    this.shard = shard;
    this.cycle = cycle;
    this.stopped = stopped;
    this.context = vertx.getOrCreateContext();
  }

  void poke() {
    wanted.set(true);
    if (!running.get()) {
      context.runOnContext(go -> begin(pause()));
    }
  }

  private void begin(long delayMillis) {
    if (stopped.get() || !running.compareAndSet(false, true)) {
      return;
    }
    if (delayMillis > 0) {
      vertx.setTimer(delayMillis, timer -> run());
    } else {
      run();
    }
  }

  /** Until the next cycle may begin. */
  private long pause() {
    long since = System.nanoTime() - began;
    return TimeUnit.NANOSECONDS.toMillis(config.pace().toNanos() - since);
  }

  private void run() {
    wanted.set(false);
    began = System.nanoTime();
    cycle
        .run(shard)
        .subscribe()
        .with(
            outcome -> context.runOnContext(go -> after(outcome)),
            failure -> {
              LOG.debugf("outbox shard %d: %s", shard, failure.getClass().getName());
              context.runOnContext(go -> after(RelayCycle.Outcome.FAILED));
            });
  }

  private void after(RelayCycle.Outcome outcome) {
    running.set(false);
    boolean failed = outcome == RelayCycle.Outcome.FAILED;
    if (failed != failing) {
      failing = failed;
      LOG.warnf(
          failed
              ? "outbox shard %d waits: database or broker does not answer"
              : "outbox shard %d goes on",
          shard);
    }
    switch (outcome) {
      case MORE -> begin(0);
      case HELD_ELSEWHERE -> begin(config.retry().toMillis());
      case FAILED -> begin(config.backoff().toMillis());
      case EMPTY -> {
        if (wanted.get()) {
          begin(pause());
        }
      }
    }
  }
}
