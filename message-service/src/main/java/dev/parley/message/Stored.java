package dev.parley.message;

import dev.parley.chassis.caller.Caller;
import dev.parley.contracts.event.Message;
import dev.parley.contracts.event.Tombstone;
import dev.parley.contracts.event.Visibility;
import java.time.Instant;
import java.util.Arrays;

/**
 * A message as it is kept. Of a deleted one nothing is kept that was said, but who, when and where.
 *
 * @param fingerprint tells whether a send repeats it
 * @param deletedBy absent while it is not deleted
 */
public record Stored(Message message, byte[] fingerprint, String deletedBy, Instant deletedAt) {

  public boolean isDeleted() {
    return deletedBy != null;
  }

  /** What stands in a deleted message's place. */
  public Tombstone tombstone() {
    return new Tombstone(
        message.id(),
        message.seq(),
        true,
        deletedBy,
        deletedAt,
        message.visibility() == Visibility.ALL ? null : message.visibility(),
        message.rev());
  }

  public boolean isBy(Caller caller) {
    return caller.id().equals(message.authorId())
        && caller.kind().equals(message.authorKind().wire());
  }

  /** Whether a request with that fingerprint made it. */
  public boolean isSame(byte[] other) {
    return Arrays.equals(fingerprint, other);
  }

  /** Without what was said: fit for logs. */
  @Override
  public String toString() {
    return "Stored[" + message + ", deleted=" + isDeleted() + "]";
  }
}
