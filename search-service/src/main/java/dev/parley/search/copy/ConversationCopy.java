package dev.parley.search.copy;

import dev.parley.contracts.Envelope;
import dev.parley.contracts.event.Conversation;

/**
 * What search knows of a conversation.
 *
 * @param type its wire name
 * @param title name or subject; null where the title depends on the reader
 */
public record ConversationCopy(String type, String title) {
  /** As the record has it. */
  public static ConversationCopy of(Envelope record) {
    Conversation conversation = record.data(Conversation.class);
    String title = conversation.name() != null ? conversation.name() : conversation.subject();
    return new ConversationCopy(conversation.type().wire(), title);
  }
}
