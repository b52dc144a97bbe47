package dev.parley.message;

import dev.parley.contracts.event.Attachment;
import dev.parley.contracts.event.AuthorKind;
import dev.parley.contracts.event.Bookmark;
import dev.parley.contracts.event.Delivery;
import dev.parley.contracts.event.LinkPreview;
import dev.parley.contracts.event.Message;
import dev.parley.contracts.event.MessageKind;
import dev.parley.contracts.event.Tombstone;
import dev.parley.contracts.event.Visibility;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A message as REST gives it to one reader (api.md, Message); of a deleted one {@code id, seq,
 * deleted, deletedBy, deletedAt, rev} and nothing else.
 *
 * @param bookmarks those that the reader sees; absent where there are none
 * @param unreachable mentioned people who cannot see it; in the answer to an edit alone
 */
public record MessageView(
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
    List<RecordCard> records,
    List<LinkPreview> previews,
    UUID threadRoot,
    ThreadView thread,
    List<Stored.Reaction> reactions,
    Boolean pinned,
    List<Bookmark> bookmarks,
    Message.Edited edited,
    List<Delivery> deliveries,
    Message.Pill system,
    Boolean deleted,
    String deletedBy,
    Instant deletedAt,
    Instant at,
    Long version,
    Long seq,
    Long rev,
    List<String> unreachable) {

  static MessageView of(Tombstone left) {
    return new MessageView(
        left.id(),
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        true,
        left.deletedBy(),
        left.deletedAt(),
        null,
        null,
        left.seq(),
        left.rev(),
        null);
  }

  /** For staff. */
  static MessageView whole(Stored stored) {
    Message message = stored.message();
    return new MessageView(
        message.id(),
        message.conversationId(),
        message.clientMsgId(),
        message.kind(),
        message.authorId(),
        message.authorKind(),
        message.authorName(),
        message.avatarUrl(),
        message.from(),
        message.impersonatedBy(),
        message.body(),
        message.visibility(),
        message.mentions(),
        message.attachments(),
        message.records().stream().map(RecordCard::hidden).toList(),
        message.previews(),
        message.threadRoot(),
        stored.thread(),
        stored.reactions(),
        message.pinned(),
        null,
        message.edited(),
        message.deliveries(),
        message.system(),
        null,
        null,
        null,
        message.at(),
        message.version(),
        message.seq(),
        message.rev(),
        null);
  }

  /** For a client: the fields that clients may have (product.md §3). */
  static MessageView reduced(Stored stored, boolean own) {
    Message message = stored.message();
    return new MessageView(
        message.id(),
        message.conversationId(),
        own ? message.clientMsgId() : null,
        message.kind(),
        message.authorId(),
        message.authorKind(),
        message.authorName(),
        message.avatarUrl(),
        null,
        null,
        message.body(),
        message.visibility(),
        message.mentions(),
        message.attachments(),
        List.of(),
        message.previews(),
        message.threadRoot(),
        stored.threadForClients(),
        stored.reactions(),
        false,
        null,
        message.edited(),
        null,
        DealPill.withoutValues(message.system()),
        null,
        null,
        null,
        message.at(),
        message.version(),
        message.seq(),
        stored.clientRev(),
        null);
  }

  /** The same with its author's picture. */
  public MessageView withAvatar(String url) {
    return with(url, records, bookmarks, system, unreachable);
  }

  /** The same with these records. */
  public MessageView withRecords(List<RecordCard> cards) {
    return with(avatarUrl, cards, bookmarks, system, unreachable);
  }

  /** The same, naming mentioned people who cannot see it. */
  public MessageView withUnreachable(List<String> people) {
    return with(avatarUrl, records, bookmarks, system, people.isEmpty() ? null : people);
  }

  /** The same with the reader's bookmarks of it; of a deleted one there is nothing to show. */
  public MessageView withBookmarks(List<Bookmark> found) {
    return found == null || deleted != null
        ? this
        : with(avatarUrl, records, found, system, unreachable);
  }

  /** The same without what a deal was and is now. */
  public MessageView withoutValues() {
    return with(avatarUrl, records, bookmarks, DealPill.withoutValues(system), unreachable);
  }

  private MessageView with(
      String newAvatarUrl,
      List<RecordCard> newRecords,
      List<Bookmark> newBookmarks,
      Message.Pill newSystem,
      List<String> newUnreachable) {
    return new MessageView(
        id,
        conversationId,
        clientMsgId,
        kind,
        authorId,
        authorKind,
        authorName,
        newAvatarUrl,
        from,
        impersonatedBy,
        body,
        visibility,
        mentions,
        attachments,
        newRecords,
        previews,
        threadRoot,
        thread,
        reactions,
        pinned,
        newBookmarks,
        edited,
        deliveries,
        newSystem,
        deleted,
        deletedBy,
        deletedAt,
        at,
        version,
        seq,
        rev,
        newUnreachable);
  }

  /** Without body, names and numbers: fit for logs. */
  @Override
  public String toString() {
    return "MessageView[id=" + id + ", seq=" + seq + ", rev=" + rev + "]";
  }
}
