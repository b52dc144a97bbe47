package dev.parley.presence.edge;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Those that wait for a scan. Old cursors come in crowds, when a node has gone: so a scan begins
 * when nobody new has come for a quarter of a second, after three seconds at the latest.
 */
final class Gathering<T> {
  private static final Duration QUIET = Duration.ofMillis(250);
  private static final Duration AT_MOST = Duration.ofSeconds(3);

  private final LinkedBlockingQueue<T> waiting = new LinkedBlockingQueue<>();

  void add(T one) {
    waiting.add(one);
  }

  boolean isEmpty() {
    return waiting.isEmpty();
  }

  /** Those that wait, and those that come right behind them; none where nobody waits. */
  List<T> gather() {
    List<T> gathered = new ArrayList<>();
    long end = System.nanoTime() + AT_MOST.toNanos();
    T next = waiting.poll();
    try {
      while (next != null) {
        gathered.add(next);
        long left = Math.min(QUIET.toNanos(), end - System.nanoTime());
        next = waiting.poll(left, TimeUnit.NANOSECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the node goes
    }
    return gathered;
  }
}
