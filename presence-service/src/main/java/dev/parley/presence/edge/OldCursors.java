package dev.parley.presence.edge;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;

/**
 * What nodes sealed before cursors told their time and their topics one by one: version 2 knew the
 * three topics that there were together, version 1 the timeline alone. It can go a day after no
 * node seals such cursors any more.
 */
final class OldCursors {
  private static final byte TIMELINE_ALONE = 1;
  private static final byte THREE_TOPICS = 2;
  private static final int TOPICS = 3;

  private OldCursors() {}

  /** The place in it, or null when it is none of these topics. */
  static Bearings.Fix read(byte version, ByteBuffer in, List<LogStart.Log> logs, long[] first) {
    return switch (version) {
      case THREE_TOPICS -> read(in, together(logs), lanes(logs, TOPICS), first);
      case TIMELINE_ALONE -> read(in, logs.get(0).id(), lanes(logs, 1), first);
      default -> null;
    };
  }

  private static Bearings.Fix read(ByteBuffer in, UUID of, int lanes, long[] first) {
    if (in.getLong() != of.getMostSignificantBits()
        || in.getLong() != of.getLeastSignificantBits()
        || in.getShort() != lanes) {
      return null;
    }
    long[] positions = first.clone();
    for (int p = 0; p < lanes; p++) {
      positions[p] = in.getLong();
    }
    return new Bearings.Fix(positions, 0);
  }

  private static UUID together(List<LogStart.Log> logs) {
    String ids = logs.stream().limit(TOPICS).map(LogStart.Log::id).toList().toString();
    return UUID.nameUUIDFromBytes(ids.getBytes(StandardCharsets.US_ASCII));
  }

  private static int lanes(List<LogStart.Log> logs, int topics) {
    return logs.stream().limit(topics).mapToInt(LogStart.Log::lanes).sum();
  }
}
