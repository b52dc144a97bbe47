package dev.parley.contracts.event;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * What somebody is writing, on all their devices.
 *
 * @param thread the thread's root, where a reply is being written
 * @param attachments ids of uploaded files
 * @param version of two news of one place the higher one holds
 * @param deleted true once it was sent or thrown away; else absent
 */
public record Draft(
    UUID conversationId,
    UUID thread,
    String body,
    List<UUID> attachments,
    long version,
    Instant updatedAt,
    Boolean deleted) {
  /** The list is never null. */
  public Draft {
    attachments = attachments == null ? List.of() : List.copyOf(attachments);
  }

  /** Without what is being written: fit for logs. */
  @Override
  public String toString() {
    return "Draft[conversationId=" + conversationId + ", version=" + version + "]";
  }
}
