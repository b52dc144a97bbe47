package dev.parley.presence.edge;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.parley.chassis.problem.Code;
import dev.parley.contracts.Json;
import java.time.Instant;
import java.util.Map;

/** The frames that are no events (events.md, Socket frames). */
final class Frames {
  private Frames() {}

  /** The first frame of every socket. */
  static Frame hello(
      String sessionId, String userId, String cursor, long heartbeatSeconds, boolean resumed) {
    return frame(new Hello("hello", sessionId, userId, cursor, heartbeatSeconds, resumed));
  }

  static Frame cursor(String cursor) {
    return frame(new Cursor("cursor", cursor));
  }

  static Frame pong() {
    return frame(Map.of("type", "pong"));
  }

  /** The client reads everything anew (events.md, Start and catch up). */
  static Frame resyncRequired(String reason) {
    return frame(new Resync("resync_required", Map.of("reason", reason)));
  }

  static Frame authExpiring() {
    return frame(Map.of("type", "auth.expiring"));
  }

  static Frame authOk(Instant expiresAt) {
    return frame(new AuthOk("auth.ok", expiresAt));
  }

  /**
   * A refused frame of the client.
   *
   * @param re the type of the refused frame, or null
   */
  static Frame error(Code code, String detail, String re) {
    return frame(new Error("error", code.wire(), detail, re));
  }

  private static Frame frame(Object body) {
    return new Frame(Json.bytes(body));
  }

  @JsonPropertyOrder({"type", "sessionId", "userId", "cursor", "heartbeatSeconds", "resumed"})
  private record Hello(
      String type,
      String sessionId,
      String userId,
      String cursor,
      long heartbeatSeconds,
      boolean resumed) {}

  private record Cursor(String type, String cursor) {}

  private record Resync(String type, Map<String, String> data) {}

  private record AuthOk(String type, Instant expiresAt) {}

  private record Error(String type, String code, String detail, String re) {}
}
