package dev.parley.contracts.event;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Data of {@code message.created} and {@code message.updated}: a message as REST gives it, without
 * the reader's own parts (api.md, events.md).
 *
 * <p>{@code seq} and {@code rev} are the last two fields: message-service knows them only inside
 * the statement that stores the message, and appends them there to the text of all the others.
 *
 * @param clientMsgId the sender's own id of the send; given back so that a device knows its own
 * @param authorId user id, client id or E.164 number; absent for {@code system}
 * @param from the number that an outsider wrote from
 * @param impersonatedBy who was logged in as the author; for staff alone
 * @param body as it was written (Markdown subset)
 * @param mentions user ids, {@code channel}, {@code here}
 * @param previews what links in the body lead to; absent when nothing is known
 * @param system what happened, where it is the system that says so
 * @param thread what it shows of the replies under it; absent when there are none
 * @param bookmarks those that are for all staff; absent when there are none
 * @param clientThread what clients are given of the replies; absent when they see none
 * @param version grows with body, deletion and previews
 * @param seq place among the conversation's messages; absent until stored
 * @param rev place in the conversation's log; absent until stored
 */
@NamedParts
public record Message(
    UUID id,
    UUID conversationId,
    String clientMsgId,
    MessageKind kind,
    String authorId,
    AuthorKind authorKind,
    String authorName,
    String avatarUrl,
    String from,
    String impersonatedBy,
    String body,
    Visibility visibility,
    List<String> mentions,
    List<Attachment> attachments,
    List<RecordRef> records,
    List<LinkPreview> previews,
    UUID threadRoot,
    List<Reaction> reactions,
    boolean pinned,
    Edited edited,
    List<Delivery> deliveries,
    Pill system,
    ThreadFigures thread,
    List<Bookmark> bookmarks,
    ThreadFigures clientThread,
    Instant at,
    long version,
    Long seq,
    Long rev) {

  /**
   * Lists that every message has are never null; {@code deliveries} is absent inside the system,
   * {@code previews} and {@code bookmarks} when there are none.
   */
  public Message {
    mentions = mentions == null ? List.of() : List.copyOf(mentions);
    attachments = attachments == null ? List.of() : List.copyOf(attachments);
    records = records == null ? List.of() : List.copyOf(records);
    previews = previews == null || previews.isEmpty() ? null : List.copyOf(previews);
    reactions = reactions == null ? List.of() : List.copyOf(reactions);
    deliveries = deliveries == null ? null : List.copyOf(deliveries);
    bookmarks = bookmarks == null || bookmarks.isEmpty() ? null : List.copyOf(bookmarks);
  }

  /** The same, saying whom its last edit has mentioned anew. */
  public Message mentioning(List<String> people) {
    return people.isEmpty() || edited == null
        ? this
        : MessageBuilder.builder(this)
            .edited(new Edited(edited.at(), edited.version(), people))
            .build();
  }

  /** The same, showing what is under it and beside it: to staff, and to clients what they see. */
  public Message showing(
      ThreadFigures replies, List<Bookmark> shared, ThreadFigures repliesForClients) {
    return MessageBuilder.builder(this)
        .thread(replies)
        .bookmarks(shared)
        .clientThread(repliesForClients)
        .build();
  }

  /** The same message with these files. */
  public Message with(List<Attachment> files) {
    return MessageBuilder.builder(this).attachments(files).build();
  }

  /** Without body, names and numbers: fit for logs. */
  @Override
  public String toString() {
    return "Message[id="
        + id
        + ", conversationId="
        + conversationId
        + ", kind="
        + kind
        + ", authorKind="
        + authorKind
        + ", visibility="
        + visibility
        + ", seq="
        + seq
        + ", rev="
        + rev
        + "]";
  }

  /**
   * What the system says happened (events.md, "Pills").
   *
   * @param params of that event; never null
   */
  public record Pill(String event, Map<String, Object> params) {
    /** The map is never null. */
    public Pill {
      params = params == null ? Map.of() : Map.copyOf(params);
    }
  }

  /**
   * The last edit of the body.
   *
   * @param version of the message that it made
   * @param mentioned in {@code message.updated} alone: who was not mentioned before and is reached;
   *     absent when nobody was added
   */
  public record Edited(Instant at, long version, List<String> mentioned) {}

  /**
   * One kind of reaction.
   *
   * @param users who reacted so, by id
   */
  public record Reaction(String emoji, int count, List<String> users) {
    /** The list is never null. */
    public Reaction {
      users = users == null ? List.of() : List.copyOf(users);
    }
  }
}
