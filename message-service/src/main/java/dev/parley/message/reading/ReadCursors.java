package dev.parley.message.reading;

import java.time.Instant;
import java.util.List;

/**
 * Who has read what: by name, or in large conversations how many users have read the newest
 * message.
 */
public record ReadCursors(List<Cursor> items, Long count) {

  /**
   * How far a user has read; nothing of what they may not see, and of a newcomer nothing before
   * their own first mark or message.
   *
   * @param readSeq 0 when they have read nothing
   * @param at when they marked it; absent when they never did
   */
  public record Cursor(String userId, long readSeq, Instant at) {}
}
