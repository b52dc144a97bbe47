package dev.parley.presence;

import dev.parley.contracts.Right;
import dev.parley.contracts.event.ConversationType;
import java.util.List;
import java.util.UUID;

/**
 * One record that sockets are served from, read once: what decides who gets it, and the frame for
 * the sockets, in which {@code data} stands as the bytes that came (never parsed).
 *
 * @param lane the partition, numbered through over all topics that sockets are served from
 * @param seq of the message that the record is about; -1 where it is about none
 * @param rev place in the conversation's log
 * @param conversationType its wire name; null in logs written before there was this field
 * @param acceptedAt epoch milliseconds of the envelope's {@code at}
 * @param publishedAt epoch milliseconds of the Kafka record
 * @param audience to whom it belongs, where it belongs to people and not to a conversation; else
 *     null
 * @param forClientsAlone whether no user gets it, because it tells of a client's channel that was
 *     made with the contact and that nobody has used (product.md §1)
 * @param staffOnly whether clients are not told, because they see nothing of what has changed
 * @param frame the JSON of the frame (events.md, Socket frames)
 * @param dataFrom where in {@code frame} the bytes of {@code data} begin; they end one before its
 *     end
 */
public record LogRecord(
    int lane,
    long offset,
    String type,
    String tenant,
    UUID conversationId,
    long seq,
    long rev,
    String conversationType,
    String actorKind,
    String actorId,
    long acceptedAt,
    long publishedAt,
    List<Right> rights,
    Audience audience,
    boolean forClientsAlone,
    boolean staffOnly,
    byte[] frame,
    int dataFrom) {

  /** Whether the record grants, changes or ends a right of that person. */
  public boolean isAbout(String kind, String id) {
    for (Right right : rights) {
      if (right.id().equals(id) && right.kind().equals(kind)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Whether who is logged in as somebody else must not know of it (product.md §1, Impersonation).
   * Of a conversation whose type is not told that is assumed; what belongs to somebody's person is
   * for that person alone, unless it is for every user.
   */
  public boolean isHiddenFromImpersonators() {
    if (audience != null) {
      return !audience.isEveryUser();
    }
    return conversationType == null
        || conversationType.equals(ConversationType.INTERNAL_CHAT.wire());
  }

  /** Without the frame, which holds bodies: fit for logs. */
  @Override
  public String toString() {
    return type + " at " + lane + "@" + offset;
  }
}
