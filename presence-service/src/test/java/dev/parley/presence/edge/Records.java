package dev.parley.presence.edge;

import dev.parley.contracts.Right;
import dev.parley.presence.LogRecord;
import dev.parley.presence.Session;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Records without a broker. */
final class Records {
  static final UUID ROOM = new UUID(7, 7);

  private Records() {}

  static Session user(String id) {
    return new Session("acme", "user", id, id, null, false, Instant.MAX);
  }

  static LogRecord message(long seq, long rev) {
    return record("message.created", 0, 0, seq, rev, List.of(), "{}");
  }

  static LogRecord at(int partition, long offset, String frame) {
    return record("message.created", partition, offset, 1, 1, List.of(), frame);
  }

  static LogRecord right(String user, boolean granted, long from, long rev) {
    Right right = new Right("m", "user", user, "member", "manual", granted, 0, from);
    return record(granted ? "member.added" : "member.removed", 0, 0, -1, rev, List.of(right), "{}");
  }

  private static LogRecord record(
      String type,
      int partition,
      long offset,
      long seq,
      long rev,
      List<Right> rights,
      String frame) {
    byte[] bytes = frame.getBytes(StandardCharsets.UTF_8);
    return new LogRecord(
        partition, offset, type, "acme", ROOM, seq, rev, "group", "user", "ana", 0, 0, rights, null,
        false, false, bytes, 0);
  }
}
