package dev.parley.contracts.event;

import dev.parley.contracts.Actor;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A message in the timeline of a record of the CRM. Not in an {@link
 * dev.parley.contracts.Envelope}; the topic's key is {@link #key()}. There is one entry for each
 * message and record: the higher {@code version} of a key replaces the lower, deletions included.
 *
 * @param author absent, as all that was said is, where the message was deleted
 * @param text as it was written (Markdown subset)
 * @param version the message's place in its conversation's log
 * @param url of the message, where the tenant's settings say how it is made
 */
public record TimelineEntry(
    CrmOp op,
    String tenant,
    String recordType,
    String recordId,
    UUID messageId,
    UUID conversationId,
    Actor author,
    String text,
    List<Attachment> attachments,
    Instant at,
    long version,
    String url) {

  /** The entry's key on its topic. */
  public String key() {
    return messageId + "/" + recordType + "/" + recordId;
  }

  /** Without what was said and by whom: fit for logs. */
  @Override
  public String toString() {
    return "TimelineEntry[op=" + op + ", key=" + key() + ", version=" + version + "]";
  }
}
