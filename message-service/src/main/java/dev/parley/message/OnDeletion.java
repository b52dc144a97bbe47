package dev.parley.message;

import io.smallrye.mutiny.Uni;

/**
 * What else ends with a message, in the transaction of its deletion. A bean of each feature that
 * keeps something of messages.
 */
public interface OnDeletion {
  /** The message is still as it was; its deletion takes its place in the log after this. */
  Uni<Void> deleted(Revisions.Held held);
}
