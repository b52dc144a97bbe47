package dev.parley.message;

import dev.parley.contracts.event.Attachment;
import dev.parley.contracts.event.AuthorKind;
import dev.parley.contracts.event.Bookmark;
import dev.parley.contracts.event.Delivery;
import dev.parley.contracts.event.LinkPreview;
import dev.parley.contracts.event.Message;
import dev.parley.contracts.event.MessageKind;
import dev.parley.contracts.event.NamedParts;
import dev.parley.contracts.event.Tombstone;
import dev.parley.contracts.event.Visibility;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A message as REST gives it to one reader (api.md, Message); of a deleted one {@code id, seq,
 * deleted, deletedBy, deletedAt, rev} and, of a note, {@code visibility}: nothing else.
 *
 * @param bookmarks those that the reader sees; absent where there are none
 * @param unreachable mentioned people who cannot see it; in the answer to an edit alone
 */
@NamedParts
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
    return MessageViewBuilder.builder()
        .id(left.id())
        .deleted(true)
        .deletedBy(left.deletedBy())
        .deletedAt(left.deletedAt())
        .visibility(left.visibility())
        .seq(left.seq())
        .rev(left.rev())
        .build();
  }

  /** For staff. */
  static MessageView whole(Stored stored) {
    Message message = stored.message();
    return MessageViewBuilder.builder()
        .id(message.id())
        .conversationId(message.conversationId())
        .clientMsgId(message.clientMsgId())
        .kind(message.kind())
        .authorId(message.authorId())
        .authorKind(message.authorKind())
        .authorName(message.authorName())
        .avatarUrl(message.avatarUrl())
        .from(message.from())
        .impersonatedBy(message.impersonatedBy())
        .body(message.body())
        .visibility(message.visibility())
        .mentions(message.mentions())
        .attachments(message.attachments())
        .records(message.records().stream().map(RecordCard::hidden).toList())
        .previews(message.previews())
        .threadRoot(message.threadRoot())
        .thread(stored.thread())
        .reactions(stored.reactions())
        .pinned(message.pinned())
        .edited(message.edited())
        .deliveries(message.deliveries())
        .system(message.system())
        .at(message.at())
        .version(message.version())
        .seq(message.seq())
        .rev(message.rev())
        .build();
  }

  /** For a client: the fields that clients may have (product.md §3). */
  static MessageView reduced(Stored stored, boolean own) {
    Message message = stored.message();
    return MessageViewBuilder.builder()
        .id(message.id())
        .conversationId(message.conversationId())
        .clientMsgId(own ? message.clientMsgId() : null)
        .kind(message.kind())
        .authorId(message.authorId())
        .authorKind(message.authorKind())
        .authorName(message.authorName())
        .avatarUrl(message.avatarUrl())
        .body(message.body())
        .visibility(message.visibility())
        .mentions(message.mentions())
        .attachments(message.attachments())
        .records(List.of())
        .previews(message.previews())
        .threadRoot(message.threadRoot())
        .thread(stored.threadForClients())
        .reactions(stored.reactions())
        .pinned(false)
        .edited(message.edited())
        .system(DealPill.withoutValues(message.system()))
        .at(message.at())
        .version(message.version())
        .seq(message.seq())
        .rev(stored.clientRev())
        .build();
  }

  /** The same with its author's picture. */
  public MessageView withAvatar(String url) {
    return copy().avatarUrl(url).build();
  }

  /** The same with these records. */
  public MessageView withRecords(List<RecordCard> cards) {
    return copy().records(cards).build();
  }

  /** The same, naming mentioned people who cannot see it. */
  public MessageView withUnreachable(List<String> people) {
    return copy().unreachable(people.isEmpty() ? null : people).build();
  }

  /** The same with the reader's bookmarks of it; of a deleted one there is nothing to show. */
  public MessageView withBookmarks(List<Bookmark> found) {
    return found == null || deleted != null ? this : copy().bookmarks(found).build();
  }

  /** The same without what a deal was and is now. */
  public MessageView withoutValues() {
    return copy().system(DealPill.withoutValues(system)).build();
  }

  private MessageViewBuilder copy() {
    return MessageViewBuilder.builder(this);
  }

  /** Without body, names and numbers: fit for logs. */
  @Override
  public String toString() {
    return "MessageView[id=" + id + ", seq=" + seq + ", rev=" + rev + "]";
  }
}
