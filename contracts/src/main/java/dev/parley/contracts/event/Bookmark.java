package dev.parley.contracts.event;

import java.time.Instant;
import java.util.UUID;

/**
 * Data of {@code bookmark.*}: a message marked as something to come back to; for staff alone.
 *
 * @param seq of the message
 * @param note in one's own words; absent when there is none
 * @param assigneeId whose it is to do; absent when nobody's
 * @param dueAt when the assignee, else who made it, is reminded
 * @param version of the bookmark: of two states the higher one is newer
 */
public record Bookmark(
    UUID id,
    UUID messageId,
    UUID conversationId,
    long seq,
    BookmarkType type,
    String note,
    String assigneeId,
    Instant dueAt,
    BookmarkStatus status,
    BookmarkVisibility visibility,
    String createdBy,
    Instant createdAt,
    long version) {

  /** Without the note: fit for logs. */
  @Override
  public String toString() {
    return "Bookmark[id=" + id + ", type=" + type + ", version=" + version + "]";
  }
}
