package dev.parley.presence.edge;

import dev.parley.chassis.page.Cursors;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;

/**
 * The cursors of one event loop: its position in each lane and when it was there, sealed, the same
 * for all its sockets. A cursor says where somebody was, never what they may see.
 *
 * <p>Every topic stands in it by its name and its own id: a cursor of a topic that was made anew is
 * known as such, and one from before a topic was served here, or from a node that serves more, is
 * no worse for it: what it does not know is read from the oldest on. So older nodes and newer ones
 * read each other's cursors. ({@link OldCursors} has what was sealed before that.)
 */
final class Bearings {
  static final String SCOPE = "realtime";
  private static final byte VERSION = 3;
  private static final long SEAL_EVERY_MS = 1_000;
  private static final long BACK_MS = 5_000;
  private static final int LONGEST = 10;

  private final Cursors seals;
  private final List<LogStart.Log> logs;
  private final ArrayDeque<Fix> fixes = new ArrayDeque<>();
  private long[] sealedPositions;
  private long sealedAt;
  private Frame sealed;

  /** Of a loop that reads these topics. */
  Bearings(Cursors seals, List<LogStart.Log> logs) {
    this.seals = seals;
    this.logs = List.copyOf(logs);
  }

  /** To be told about once a second. */
  void at(long now, long[] positions) {
    fixes.add(new Fix(positions.clone(), now));
    while (fixes.size() > 1 && second().at <= now - BACK_MS) {
      fixes.poll();
    }
  }

  /** The frame with the cursor of these positions or of a second ago at most. */
  Frame frame(long now, long[] positions) {
    if (sealed == null
        || now - sealedAt >= SEAL_EVERY_MS && !Arrays.equals(sealedPositions, positions)) {
      sealedPositions = positions.clone();
      sealedAt = now;
      sealed = frame(new Fix(sealedPositions, now));
    }
    return sealed;
  }

  /** The frame with the cursor of any place. */
  Frame frame(Fix fix) {
    return Frames.cursor(seal(fix));
  }

  /** Whether the newest sealed cursor stands at these positions. */
  boolean isAt(Frame cursor, long[] positions) {
    return cursor == sealed && Arrays.equals(sealedPositions, positions);
  }

  /** The cursor of five seconds ago, or of this loop's beginning. */
  String back() {
    return seal(fixes.element());
  }

  /**
   * The place in the cursor, or null when it is none of these topics.
   *
   * @param first the oldest position of each lane
   */
  Fix open(String cursor, long[] first) {
    byte[] opened = seals.open(SCOPE, cursor);
    if (opened == null) {
      return null;
    }
    try {
      ByteBuffer in = ByteBuffer.wrap(opened);
      byte version = in.get();
      return version == VERSION ? read(in, first) : OldCursors.read(version, in, logs, first);
    } catch (BufferUnderflowException e) {
      return null;
    }
  }

  private Fix read(ByteBuffer in, long[] first) {
    long at = in.getLong();
    long[] positions = first.clone();
    boolean knowsTimeline = false;
    for (int count = in.get(); count > 0; count--) {
      int name = in.getInt();
      long high = in.getLong();
      long low = in.getLong();
      long[] told = new long[in.getShort()];
      for (int p = 0; p < told.length; p++) {
        told[p] = number(in);
      }
      int lane = 0;
      for (LogStart.Log log : logs) {
        if (log.name().hashCode() == name) {
          if (log.id().getMostSignificantBits() != high
              || log.id().getLeastSignificantBits() != low
              || log.lanes() != told.length) {
            return null;
          }
          System.arraycopy(told, 0, positions, lane, told.length);
          knowsTimeline |= lane == 0;
        }
        lane += log.lanes();
      }
    }
    return knowsTimeline ? new Fix(positions, at) : null;
  }

  /** The sealed cursor of that place. */
  String seal(Fix fix) {
    ByteBuffer out =
        ByteBuffer.allocate(2 + Long.BYTES + logs.size() * 22 + fix.positions.length * LONGEST);
    out.put(VERSION).putLong(fix.at).put((byte) logs.size());
    int lane = 0;
    for (LogStart.Log log : logs) {
      out.putInt(log.name().hashCode())
          .putLong(log.id().getMostSignificantBits())
          .putLong(log.id().getLeastSignificantBits())
          .putShort((short) log.lanes());
      for (int p = 0; p < log.lanes(); p++) {
        put(out, fix.positions[lane++]);
      }
    }
    return seals.seal(SCOPE, Arrays.copyOf(out.array(), out.position()));
  }

  /** Seven bits a byte, the lowest first; offsets are small for long. */
  private static void put(ByteBuffer out, long number) {
    for (; (number & ~0x7fL) != 0; number >>>= 7) {
      out.put((byte) (number | 0x80));
    }
    out.put((byte) number);
  }

  private static long number(ByteBuffer in) {
    long number = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      byte next = in.get();
      number |= (next & 0x7fL) << shift;
      if (next >= 0) {
        return number;
      }
    }
    throw new BufferUnderflowException();
  }

  private Fix second() {
    var all = fixes.iterator();
    all.next();
    return all.next();
  }

  /**
   * A place of the log.
   *
   * @param positions for each lane the offset of what comes next
   * @param at when somebody was there, in epoch milliseconds; 0 where the cursor does not tell
   */
  record Fix(long[] positions, long at) {}
}
