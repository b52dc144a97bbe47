package dev.parley.search.inbound;

import dev.parley.contracts.Envelope;
import dev.parley.contracts.event.Conversation;
import dev.parley.contracts.event.Message;
import dev.parley.contracts.event.MessageKind;
import dev.parley.contracts.event.RecordRef;
import dev.parley.contracts.event.Visibility;
import dev.parley.search.FoldedText;
import dev.parley.search.SearchDocument;
import dev.parley.search.copy.ConversationCopy;
import java.util.List;

/** Records of the log as documents. */
final class Documents {
  private Documents() {}

  /** The message's document, or null when it has no words of a person. */
  static SearchDocument ofMessage(Envelope record) {
    Message message = record.data(Message.class);
    if (message.kind() != MessageKind.USER || message.body() == null || message.body().isBlank()) {
      return null;
    }
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
        null);
  }

  private static List<String> references(List<RecordRef> records) {
    return records.stream().map(ref -> ref.type() + ":" + ref.id()).toList();
  }
}
