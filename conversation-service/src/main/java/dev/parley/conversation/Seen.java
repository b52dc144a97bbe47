package dev.parley.conversation;

import dev.parley.contracts.event.MemberRole;
import java.time.Instant;
import java.util.UUID;

/**
 * A conversation as one reader sees it. What the reader may not see has left no shadow here: the
 * last message, the last number and the last activity are the newest visible ones (product.md §1).
 *
 * @param mine the reader's membership, or null for who sees it without taking part
 * @param hidden by the reader, and nothing was written since
 * @param lastSeq the greatest that the reader may see, as {@code GET /v1/unread} has it; a pill
 *     counts, though it is no {@code lastMessage}; 0 when there is none
 */
public record Seen(
    Conversation conversation,
    Mine mine,
    long lastSeq,
    Instant lastActivityAt,
    LastMessage lastMessage,
    int memberCount,
    boolean starred,
    boolean hidden) {

  /** The reader's own membership. */
  public record Mine(UUID memberId, MemberRole role, String source, Long visibleFromSeq) {}

  /** The conversation as it is now; all else as it was. */
  public Seen as(Conversation now) {
    return new Seen(now, mine, lastSeq, lastActivityAt, lastMessage, memberCount, starred, hidden);
  }

  /** Of the newest message that says something; 0 when there is none. */
  public long saidSeq() {
    return lastMessage == null ? 0 : lastMessage.seq();
  }

  /** The same to who may join it but sees nothing of it yet. */
  Seen fromOutside() {
    return new Seen(
        conversation, null, 0, conversation.createdAt(), null, memberCount, false, false);
  }

  /** Whether the reader takes part. */
  public boolean isMember() {
    return mine != null;
  }

  /** Whether the reader takes part in that role. */
  public boolean isMemberAs(MemberRole role) {
    return mine != null && mine.role() == role;
  }
}
