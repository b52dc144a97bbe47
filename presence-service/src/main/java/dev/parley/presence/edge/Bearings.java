package dev.parley.presence.edge;

import dev.parley.chassis.page.Cursors;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/**
 * The cursors of one event loop: its position in each lane, sealed, the same for all its sockets.
 * It says where somebody was, never what they may see.
 *
 * <p>The topics' own ids are sealed in, so a cursor of a log that no longer exists is known as
 * such. A cursor of version 1 knew the timeline alone: what belongs to people is read for it from
 * the oldest on.
 */
final class Bearings {
  private static final String SCOPE = "realtime";
  private static final byte VERSION = 2;
  private static final byte TIMELINE_ALONE = 1;
  private static final long SEAL_EVERY_MS = 1_000;
  private static final long BACK_MS = 5_000;

  private final Cursors seals;
  private final UUID timelineTopic;
  private final UUID topics;
  private final int timeline;
  private final ArrayDeque<Fix> fixes = new ArrayDeque<>();
  private long[] sealedPositions;
  private long sealedAt;
  private Frame sealed;

  /**
   * Of a loop that reads these topics.
   *
   * @param topics their ids, the timeline's first
   * @param timeline how many lanes are the timeline's
   */
  Bearings(Cursors seals, List<UUID> topics, int timeline) {
    this.seals = seals;
    this.timelineTopic = topics.get(0);
    this.topics = UUID.nameUUIDFromBytes(topics.toString().getBytes(StandardCharsets.US_ASCII));
    this.timeline = timeline;
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

  /**
   * The positions in the cursor, or null when it is none of these topics.
   *
   * @param first the oldest position of each lane
   */
  long[] open(String cursor, long[] first) {
    byte[] opened = seals.open(SCOPE, cursor);
    if (opened == null) {
      return null;
    }
    try {
      ByteBuffer in = ByteBuffer.wrap(opened);
      return switch (in.get()) {
        case VERSION -> positions(in, topics, new long[first.length], first.length);
        case TIMELINE_ALONE -> positions(in, timelineTopic, first.clone(), timeline);
        default -> null;
      };
    } catch (BufferUnderflowException e) {
      return null;
    }
  }

  private static long[] positions(ByteBuffer in, UUID of, long[] into, int count) {
    if (in.getLong() != of.getMostSignificantBits()
        || in.getLong() != of.getLeastSignificantBits()
        || in.getShort() != count) {
      return null;
    }
    for (int p = 0; p < count; p++) {
      into[p] = in.getLong();
    }
    return into;
  }

  private String seal(long[] positions) {
    ByteBuffer out = ByteBuffer.allocate(3 + (2 + positions.length) * Long.BYTES);
    out.put(VERSION)
        .putLong(topics.getMostSignificantBits())
        .putLong(topics.getLeastSignificantBits())
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
