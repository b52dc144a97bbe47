package dev.parley.presence.edge;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Map;

/**
 * The memory that replays from Kafka may take: what a scan has found is held by the sockets that it
 * was found for, until each of them has written it out. While more than half of the room is held
 * the next scan waits; whoever holds the oldest portion for so long that others wait for it is too
 * slow, and comes back with the cursor that it has got so far.
 */
final class Portions {
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private final long most;
  private final Duration patience;
  private final Deque<Portion> held = new ArrayDeque<>();
  private long bytes;

  Portions(long most) {
    this(most, PATIENCE);
  }

  Portions(long most, Duration patience) {
    this.most = most;
    this.patience = patience;
  }

  /** How many bytes the next scan may gather, waiting until that is half of all at least. */
  synchronized long awaitRoom() throws InterruptedException {
    long end = System.nanoTime() + patience.toNanos();
    while (bytes > most / 2) {
      long left = (end - System.nanoTime()) / 1_000_000;
      if (left > 0) {
        wait(left);
      } else {
        held.element().end();
        end = System.nanoTime() + patience.toNanos();
      }
    }
    return most - bytes;
  }

  /** So many bytes go to these sockets; each of them lets go of it, or ends. */
  synchronized Portion hand(long size, Collection<Scans.Request> to) {
    Portion portion = new Portion(size);
    to.forEach(request -> portion.holders.put(request, true));
    if (!to.isEmpty()) {
      held.add(portion);
      bytes += size;
    }
    return portion;
  }

  private synchronized void release(Portion portion, Scans.Request by) {
    if (portion.holders.remove(by) != null && portion.holders.isEmpty()) {
      held.remove(portion);
      bytes -= portion.size;
      notifyAll();
    }
  }

  /** What one scan has found. */
  final class Portion {
    private final long size;
    private final Map<Scans.Request, Boolean> holders = new IdentityHashMap<>();

    private Portion(long size) {
      this.size = size;
    }

    /** The request's socket has written its part, or is gone. */
    void release(Scans.Request by) {
      Portions.this.release(this, by);
    }

    /** Ends those that still hold it; as each is gone it releases. */
    private void end() {
      for (Scans.Request holder : holders.keySet()) {
        holder.tooSlow().run();
      }
    }
  }
}
