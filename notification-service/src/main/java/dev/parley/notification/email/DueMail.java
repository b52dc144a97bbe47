package dev.parley.notification.email;

import dev.parley.contracts.event.ConversationType;
import dev.parley.notification.EmailRule.Facts;
import java.util.List;
import java.util.UUID;

/**
 * A claimed mail with all that is known when it is due.
 *
 * @param title of the conversation, or null
 * @param address where it would go, or null
 */
record DueMail(
    UUID id,
    UUID conversationId,
    ConversationType type,
    String title,
    String address,
    List<Item> items) {

  /** One of its messages and what the rule needs to know of it now. */
  record Item(UUID messageId, String authorName, String excerpt, Facts facts) {
    @Override
    public String toString() {
      return "Item[messageId=" + messageId + "]";
    }
  }

  /** Without address, title and words: fit for logs. */
  @Override
  public String toString() {
    return "DueMail[id=" + id + "]";
  }
}
