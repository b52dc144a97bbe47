package dev.parley.message;

import dev.parley.contracts.Recipient;
import dev.parley.contracts.event.ConversationType;
import dev.parley.contracts.event.UnreadCount;
import java.util.UUID;

/**
 * What is unread for one member in one conversation (product.md §4, Unread), at one moment.
 *
 * @param kind {@code user} or {@code client}
 * @param member whether they still take part; who does not has nothing unread there
 * @param visibleFromSeq the first that they may see; of what was before they notice nothing
 * @param lastSeq the greatest that they may see, pills included; 0 when there is none
 * @param total what is unread for the person in all their conversations
 * @param version the person's own clock: it grows with whatever could change any of their counts,
 *     so of two counts of one person, of whichever conversations, the higher one is the newer
 */
public record Count(
    String tenant,
    String kind,
    String id,
    UUID conversationId,
    ConversationType type,
    boolean member,
    long visibleFromSeq,
    long readSeq,
    long lastSeq,
    long rev,
    long unread,
    long mentions,
    long threadUnread,
    long total,
    long version) {

  /** Whose it is. */
  public Recipient person() {
    return new Recipient(kind, id);
  }

  UnreadCount told() {
    return new UnreadCount(kind, id, readSeq, unread, mentions, threadUnread, version, total);
  }
}
