package dev.parley.system.bench;

import java.util.Arrays;
import org.HdrHistogram.Histogram;

/**
 * One run's messages by number: when each was due, what became of it, which members have it.
 * Touched by the event loop alone, except before a load and after it.
 *
 * <p>Latencies are in microseconds from the time at which a message was due, not from when it was
 * sent: a generator or a server that falls behind shows.
 */
final class Ledger {
  private static final byte PENDING = 0;
  private static final byte ACKED = 1;
  private static final byte REFUSED = 2;
  private static final byte FAILED = 3;
  private static final long TOP = 60_000_000;

  final Histogram acks = new Histogram(TOP, 3);
  final Histogram deliveries = new Histogram(TOP, 3);

  /** How late the generator itself was. */
  final Histogram lag = new Histogram(TOP, 3);

  private final int members;
  private final Settled settled;
  private long[] due = new long[1024];
  private int[] room = new int[1024];
  private byte[] state = new byte[1024];
  private byte[] seen;
  private int count;
  private int first = Integer.MAX_VALUE;
  private int end = Integer.MAX_VALUE;
  private long inWindow;
  private long duplicates;
  private long news;
  private int open;

  /** Told of each message that was acknowledged, refused or failed. */
  interface Settled {
    void message(int number, boolean acked);
  }

  Ledger(int members, Settled settled) {
    this.members = members;
    this.settled = settled;
    this.seen = new byte[1024 * members];
  }

  /** A message goes out now; answers its number. */
  int sent(int toRoom, long dueAt) {
    int number = count++;
    if (number == due.length) {
      due = Arrays.copyOf(due, 2 * number);
      room = Arrays.copyOf(room, 2 * number);
      state = Arrays.copyOf(state, 2 * number);
      seen = Arrays.copyOf(seen, 2 * number * members);
    }
    due[number] = dueAt;
    room[number] = toRoom;
    open += members + 1;
    if (number >= first) {
      record(lag, System.nanoTime() - dueAt);
    }
    return number;
  }

  void acked(int number) {
    if (settle(number, ACKED) && measured(number)) {
      record(acks, news - due[number]);
    }
  }

  void refused(int number) {
    settle(number, REFUSED);
  }

  void failed(int number) {
    settle(number, FAILED);
  }

  /** That user's socket has brought that message. */
  void delivered(int user, int number, long at) {
    int slot = number < count ? user - room[number] * members : -1;
    if (slot < 0 || slot >= members) {
      return;
    }
    news = at;
    if (first <= count && end == Integer.MAX_VALUE) {
      inWindow++;
    }
    int place = number * members + slot;
    if (seen[place] != 0) {
      duplicates++;
      return;
    }
    seen[place] = 1;
    if (state[number] < REFUSED) {
      open--;
    }
    if (measured(number)) {
      record(deliveries, at - due[number]);
    }
  }

  /** What is sent from here on is measured. */
  void begin() {
    first = count;
  }

  /** What is sent from here on is not measured. */
  void finish() {
    end = count;
  }

  int room(int number) {
    return room[number];
  }

  /** Whether every message is with every member, or refused. */
  boolean complete() {
    return open == 0;
  }

  /** When anything was last heard of a message. */
  long news() {
    return news;
  }

  /** Deliveries between {@link #begin} and {@link #finish}, whenever their messages were sent. */
  long inWindow() {
    return inWindow;
  }

  /** Of the measured messages, what became of them; duplicates are of the whole run. */
  Tally tally() {
    Tally sum = new Tally();
    sum.duplicates = duplicates;
    for (int number = first; number < Math.min(end, count); number++) {
      int has = has(number);
      sum.offered++;
      sum.delivered += has;
      switch (state[number]) {
        case ACKED -> sum.acked++;
        case REFUSED -> sum.refused++;
        case FAILED -> sum.failed++;
        default -> {}
      }
      if (state[number] < REFUSED) {
        sum.missing += members - has;
      }
    }
    return sum;
  }

  /** Counts of one run. */
  static final class Tally {
    long offered;
    long acked;
    long refused;
    long failed;
    long delivered;
    long missing;
    long duplicates;
  }

  private boolean settle(int number, byte to) {
    if (state[number] != PENDING) {
      return false;
    }
    state[number] = to;
    news = System.nanoTime();
    open -= to == ACKED ? 1 : 1 + members - has(number);
    settled.message(number, to == ACKED);
    return true;
  }

  private int has(int number) {
    int has = 0;
    for (int slot = 0; slot < members; slot++) {
      has += seen[number * members + slot];
    }
    return has;
  }

  private boolean measured(int number) {
    return number >= first && number < end;
  }

  private static void record(Histogram histogram, long nanos) {
    histogram.recordValue(Math.max(0, Math.min(TOP, nanos / 1000)));
  }
}
