package dev.parley.presence.edge;

import dev.parley.chassis.page.Cursors;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.UUID;

/**
 * The cursors of one event loop: its position in each partition of the log, sealed, the same for
 * all its sockets. It says where in the log somebody was, never what they may see.
 *
 * <p>The topic's own id is sealed in, so a cursor of a log that no longer exists is known as such.
 */
final class Bearings {
  private static final String SCOPE = "realtime";
  private static final byte VERSION = 1;
  private static final long SEAL_EVERY_MS = 1_000;
  private static final long BACK_MS = 5_000;

  private final Cursors seals;
  private final UUID topic;
  private final ArrayDeque<Fix> fixes = new ArrayDeque<>();
  private long[] sealedPositions;
  private long sealedAt;
  private Frame sealed;

  Bearings(Cursors seals, UUID topic) {
    this.seals = seals;
    this.topic = topic;
  }

  /** To be told about once a second. */
  void at(long now, long[] positions) {
    fixes.add(new Fix(now, positions.clone()));
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
      sealed = Frames.cursor(seal(sealedPositions));
    }
    return sealed;
  }

  /** Whether the newest sealed cursor stands at these positions. */
  boolean isAt(Frame cursor, long[] positions) {
    return cursor == sealed && Arrays.equals(sealedPositions, positions);
  }

  /** The cursor of five seconds ago, or of this loop's beginning. */
  String back() {
    return seal(fixes.element().positions);
  }

  /** The positions in the cursor, or null when it is none of this log. */
  long[] open(String cursor, int partitions) {
    byte[] opened = seals.open(SCOPE, cursor);
    if (opened == null) {
      return null;
    }
    try {
      ByteBuffer in = ByteBuffer.wrap(opened);
      if (in.get() != VERSION
          || in.getLong() != topic.getMostSignificantBits()
          || in.getLong() != topic.getLeastSignificantBits()
          || in.getShort() != partitions) {
        return null;
      }
      long[] positions = new long[partitions];
      for (int p = 0; p < partitions; p++) {
        positions[p] = in.getLong();
      }
      return positions;
    } catch (BufferUnderflowException e) {
      return null;
    }
  }

  private String seal(long[] positions) {
    ByteBuffer out = ByteBuffer.allocate(3 + (2 + positions.length) * Long.BYTES);
    out.put(VERSION)
        .putLong(topic.getMostSignificantBits())
        .putLong(topic.getLeastSignificantBits())
        .putShort((short) positions.length);
    for (long position : positions) {
      out.putLong(position);
    }
    return seals.seal(SCOPE, out.array());
  }

  private Fix second() {
    var all = fixes.iterator();
    all.next();
    return all.next();
  }

  private record Fix(long at, long[] positions) {}
}
