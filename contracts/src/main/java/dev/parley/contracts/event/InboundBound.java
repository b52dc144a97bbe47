package dev.parley.contracts.event;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * Data of {@code inbound.bound}: a text from outside that now belongs to a conversation and is to
 * be appended to it.
 *
 * @param messageId the id that the message will have
 * @param from E.164; the author
 * @param authorName the contact's name, else the number
 */
public record InboundBound(
    UUID messageId,
    UUID conversationId,
    String from,
    String authorName,
    String body,
    List<Media> media,
    Instant receivedAt) {

  /** The list is never null. */
  public InboundBound {
    media = media == null ? List.of() : List.copyOf(media);
  }

  /** Without body, name and number: fit for logs. */
  @Override
  public String toString() {
    return "InboundBound[messageId="
        + messageId
        + ", conversationId="
        + conversationId
        + ", media="
        + media.size()
        + "]";
  }
}
