package dev.parley.contracts.event;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * Data of {@code scheduled.updated}: a message that its author wants sent later (product.md §4).
 *
 * @param attachments ids of uploaded files
 * @param zone of the IANA database
 * @param reason why it was not sent: an error's code
 * @param messageId the message, once sent
 */
public record ScheduledMessage(
    UUID id,
    UUID conversationId,
    String clientMsgId,
    String body,
    UUID threadRoot,
    List<String> mentions,
    List<UUID> attachments,
    List<RecordRef> recordRefs,
    Visibility visibility,
    Instant sendAt,
    String zone,
    ScheduledState state,
    String reason,
    UUID messageId,
    long version) {

  /** The lists are never null. */
  public ScheduledMessage {
    mentions = mentions == null ? List.of() : List.copyOf(mentions);
    attachments = attachments == null ? List.of() : List.copyOf(attachments);
    recordRefs = recordRefs == null ? List.of() : List.copyOf(recordRefs);
  }

  /** Without the body: fit for logs. */
  @Override
  public String toString() {
    return "ScheduledMessage[id=" + id + ", state=" + state + "]";
  }
}
