package dev.parley.presence.edge;

import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * How a node goes: first it is not ready and takes no new socket, while {@code
 * quarkus.shutdown.delay} lasts; then its sockets are told 1012 with how many milliseconds to wait
 * before they come back elsewhere, not all at once. They are gone when it ends: who does not answer
 * the close is cut within five seconds. Nothing is lost by it: each resumes with its cursor.
 */
@ApplicationScoped
class Drain {
  private static final int GOING_AWAY = 1012;
  private static final int JITTER_MS = 5_000;
  private static final long AT_MOST_SECONDS = 6;

  private final Shards shards;
  private volatile boolean going;

  Drain(Shards shards) {
    this.shards = shards;
  }

  boolean isGoing() {
    return going;
  }

  void announce(@Observes ShutdownDelayInitiatedEvent event) {
    going = true;
  }

  /** Before anything else stops: what is here is still read, told and written. */
  void stop(@Observes @Priority(1) ShutdownEvent event) throws InterruptedException {
    going = true;
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
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(AT_MOST_SECONDS);
    told.await(AT_MOST_SECONDS, TimeUnit.SECONDS);
    for (CountDownLatch closed : closings) {
      closed.await(until - System.nanoTime(), TimeUnit.NANOSECONDS);
    }
  }
}
