package dev.parley.message.pin;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A conversation's pins as one reader sees them, the newest first.
 *
 * @param version of those that the reader sees: what becomes of others does not move it
 */
public record PinList(List<Pin> items, long version) {
  /** A pinned message. */
  public record Pin(UUID messageId, long seq, String by, Instant at) {}
}
