package dev.parley.notification.email;

import dev.parley.contracts.Envelope;
import dev.parley.contracts.event.ConversationType;
import dev.parley.contracts.event.Message;
import dev.parley.contracts.event.MessageKind;
import dev.parley.contracts.event.Visibility;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A message that somebody may have to be told of: because it is new, or because an edit has
 * mentioned them.
 *
 * @param cause what has this effect once: the message, or the edit's record
 * @param threadRoot what it replies to; null at top level
 * @param excerpt its beginning, as it was written
 * @param edit whether it is the edit: then the mentioned are those whom it added, and they alone
 *     are told
 * @param at since when there is something to tell
 */
record NewMessage(
    UUID id,
    UUID cause,
    String tenant,
    UUID conversationId,
    ConversationType type,
    long seq,
    UUID threadRoot,
    String authorKind,
    String authorId,
    String authorName,
    boolean internal,
    List<String> mentions,
    String excerpt,
    boolean edit,
    Instant at) {
  private static final int EXCERPT = 500;

  /**
   * The message of the record, or null when a pill, which is no reason to mail anybody, or when the
   * record does not tell the conversation's type, which decides whom.
   */
  static NewMessage of(Envelope record) {
    Message message = record.data(Message.class);
    return of(record, message, message.id(), message.mentions(), false, message.at());
  }

  /** What an edit's record says to those whom it has mentioned; null when that is nobody. */
  static NewMessage ofEdit(Envelope record) {
    Message message = record.data(Message.class);
    Message.Edited edited = message.edited();
    return edited == null || edited.mentioned() == null || edited.mentioned().isEmpty()
        ? null
        : of(record, message, record.id(), edited.mentioned(), true, edited.at());
  }

  private static NewMessage of(
      Envelope record,
      Message message,
      UUID cause,
      List<String> mentions,
      boolean edit,
      Instant at) {
    if (message.kind() != MessageKind.USER || record.conversationType() == null) {
      return null;
    }
    return new NewMessage(
        message.id(),
        cause,
        record.tenant(),
        record.conversationId(),
        record.conversationType(),
        record.seq(),
        message.threadRoot(),
        message.authorKind().wire(),
        message.authorId(),
        message.authorName(),
        message.visibility() == Visibility.INTERNAL,
        mentions,
        excerpt(message.body()),
        edit,
        at);
  }

  boolean isBy(String kind, String id) {
    return authorKind.equals(kind) && id.equals(authorId);
  }

  /** Whether the person is meant: by name, with the whole channel, or as one who is here. */
  boolean mentions(String kind, String id, boolean present) {
    return kind.equals("user")
        && (mentions.contains(id)
            || mentions.contains("channel")
            || present && mentions.contains("here"));
  }

  /** Without words and names: fit for logs. */
  @Override
  public String toString() {
    return "NewMessage[id=" + id + "]";
  }

  /** The beginning of what was written, at most 500 characters. */
  static String excerpt(String written) {
    String body = written == null ? "" : written;
    if (body.length() <= EXCERPT) {
      return body;
    }
    int end = Character.isHighSurrogate(body.charAt(EXCERPT - 1)) ? EXCERPT - 1 : EXCERPT;
    return body.substring(0, end) + "…";
  }
}
