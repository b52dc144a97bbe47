package dev.parley.presence.edge;

import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * How a node goes: first it is not ready and takes no new socket, while {@code
 * parley.edge.drain-delay} lasts; then its sockets are told 1012 with how many milliseconds to wait
 * before they come back elsewhere, not all at once. Who does not answer the close is cut within
 * five seconds. Nothing is lost by it: each resumes with its cursor.
 *
 * <p>All of it is done within the announcement: the end comes when the server has closed its
 * connections already. So the delay is ours too; one of {@code quarkus.shutdown.delay} would be
 * waited for afterwards, without a socket.
 */
@ApplicationScoped
class Drain {
  private static final int GOING_AWAY = 1012;
  private static final int JITTER_MS = 5_000;
  private static final long AT_MOST_SECONDS = 6;

  private final Shards shards;
  private final Duration delay;
  private volatile boolean going;

  @Inject
  Drain(Shards shards, EdgeConfig config) {
    this(shards, config.drainDelay());
  }

  Drain(Shards shards, Duration delay) {
    this.shards = shards;
    this.delay = delay;
  }

  boolean isGoing() {
    return going;
  }

  /** Before anything stops: what is here is still read, told and written. */
  void announce(@Observes ShutdownDelayInitiatedEvent event) throws InterruptedException {
    going = true;
    Executor later = CompletableFuture.delayedExecutor(delay.toMillis(), TimeUnit.MILLISECONDS);
    awaitEnd(CompletableFuture.supplyAsync(this::tellAll, later).join());
  }

  /** Tells every socket; each of these latches is open when its connection has ended. */
  private Queue<CountDownLatch> tellAll() {
    CountDownLatch told = new CountDownLatch(shards.count());
    Queue<CountDownLatch> closings = new ConcurrentLinkedQueue<>();
    shards.each(
        shard -> {
          shard.each(
              conn -> {
                CountDownLatch closed = new CountDownLatch(1);
                closings.add(closed);
                conn.whenClosed(closed::countDown);
                conn.end(
                    GOING_AWAY, Integer.toString(ThreadLocalRandom.current().nextInt(JITTER_MS)));
              });
          told.countDown();
        });
    try {
      told.await(AT_MOST_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return closings;
  }

  private static void awaitEnd(Queue<CountDownLatch> closings) throws InterruptedException {
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(AT_MOST_SECONDS);
    for (CountDownLatch closed : closings) {
      closed.await(until - System.nanoTime(), TimeUnit.NANOSECONDS);
    }
  }
}
