package dev.parley.contracts.event;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * Data of {@code broadcast.updated}: one message to many clients, each in their own channel
 * (product.md §4), and how far it got. What is neither sent nor failed is still to come, or, when
 * cancelled, does not come.
 *
 * @param body as written, with its variables
 * @param attachments ids of the files as they were uploaded; each message has its own
 * @param total recipients
 * @param endedAt when the last one was done, or it was cancelled
 */
public record Broadcast(
    UUID id,
    BroadcastState state,
    long total,
    long sent,
    long failed,
    String body,
    List<UUID> attachments,
    Instant createdAt,
    Instant endedAt,
    long version) {

  /** The list is never null. */
  public Broadcast {
    attachments = attachments == null ? List.of() : List.copyOf(attachments);
  }

  /** Without the body: fit for logs. */
  @Override
  public String toString() {
    return "Broadcast[id=" + id + ", state=" + state + ", version=" + version + "]";
  }
}
