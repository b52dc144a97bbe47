package dev.parley.search.inbound;

import dev.parley.contracts.Envelope;
import dev.parley.contracts.event.Conversation;
import dev.parley.contracts.event.Message;
import dev.parley.contracts.event.MessageKind;
import dev.parley.contracts.event.RecordRef;
import dev.parley.contracts.event.Tombstone;
import dev.parley.contracts.event.Visibility;
import dev.parley.search.FoldedText;
import dev.parley.search.Links;
import dev.parley.search.SearchDocument;
import dev.parley.search.copy.ConversationCopy;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Records of the log as documents. */
final class Documents {
  private Documents() {}

  /** The message's document, or null when it has no words of a person. */
  static SearchDocument ofMessage(Envelope record) {
    Message message = record.data(Message.class);
    return hasWords(message) ? of(record, message) : null;
  }

  /** The changed message's document; without words it takes the place of one that had some. */
  static SearchDocument ofChange(Envelope record) {
    Message message = record.data(Message.class);
    return hasWords(message) ? of(record, message) : nothing(record, message.id());
  }

  /** What takes the place of a deleted message's document. */
  static SearchDocument ofDeletion(Envelope record) {
    return nothing(record, record.data(Tombstone.class).id());
  }

  private static boolean hasWords(Message message) {
    return message.kind() == MessageKind.USER
        && message.body() != null
        && !message.body().isBlank();
  }

  /**
   * Of a kind that nobody searches. It stays, so that an older record that comes late does not
   * bring the words back.
   */
  private static SearchDocument nothing(Envelope record, UUID id) {
    return new SearchDocument(
        SearchDocument.GONE,
        id,
        record.tenant(),
        record.conversationId(),
        null,
        record.seq(),
        null,
        null,
        record.at(),
        Visibility.INTERNAL.wire(),
        "",
        "",
        List.of(),
        List.of(),
        null);
  }

  private static SearchDocument of(Envelope record, Message message) {
    String body = FoldedText.wellFormed(message.body());
    return new SearchDocument(
        SearchDocument.MESSAGE,
        message.id(),
        record.tenant(),
        record.conversationId(),
        record.conversationType() == null ? null : record.conversationType().wire(),
        record.seq(),
        message.authorId(),
        message.authorName(),
        message.at(),
        message.visibility().wire(),
        body,
        FoldedText.of(body).text(),
        references(message.records()),
        has(message),
        message.threadRoot());
  }

  /** The conversation's document, or null while its title is the reader's own matter. */
  static SearchDocument ofConversation(Envelope record) {
    Conversation conversation = record.data(Conversation.class);
    ConversationCopy copy = ConversationCopy.of(record);
    if (copy.title() == null || copy.title().isBlank()) {
      return null;
    }
    String title = FoldedText.wellFormed(copy.title());
    return new SearchDocument(
        SearchDocument.CONVERSATION,
        record.conversationId(),
        record.tenant(),
        record.conversationId(),
        copy.type(),
        null,
        conversation.createdBy(),
        null,
        conversation.createdAt(),
        Visibility.ALL.wire(),
        title,
        FoldedText.of(title).text(),
        references(conversation.recordRefs()),
        List.of(),
        null);
  }

  private static List<String> has(Message message) {
    List<String> has = new ArrayList<>(2);
    if (!message.attachments().isEmpty()) {
      has.add(SearchDocument.FILE);
    }
    if (Links.areIn(message.body())) {
      has.add(SearchDocument.LINK);
    }
    return has;
  }

  private static List<String> references(List<RecordRef> records) {
    return records.stream().map(ref -> ref.type() + ":" + ref.id()).toList();
  }
}
