package dev.parley.message;

import dev.parley.chassis.caller.Caller;
import dev.parley.contracts.event.Bookmark;
import dev.parley.contracts.event.ConversationType;
import dev.parley.contracts.event.Message;
import dev.parley.contracts.event.Tombstone;
import dev.parley.contracts.event.Visibility;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/**
 * A message as it is kept, and as its reader has it. Of a deleted one nothing is kept that was
 * said, but who, when and where.
 *
 * @param reactions the message's, with the reader's own
 * @param bookmarked whether there ever was a bookmark of it
 * @param fingerprint tells whether a send repeats it
 * @param deletedBy absent while it is not deleted
 * @param thread what staff sees of the replies under it; absent when there are none
 * @param clientRev the place of its last change that clients see
 */
public record Stored(
    Message message,
    List<Reaction> reactions,
    boolean bookmarked,
    byte[] fingerprint,
    String deletedBy,
    Instant deletedAt,
    ThreadView thread,
    ThreadView threadForClients,
    long clientRev) {

  /**
   * One kind of reaction as its reader has it.
   *
   * @param me whether the reader reacted so
   * @param users who reacted so, by id, the first 100
   */
  public record Reaction(String emoji, int count, boolean me, List<String> users) {
    Message.Reaction forAll() {
      return new Message.Reaction(emoji, count, users);
    }
  }

  public boolean isDeleted() {
    return deletedBy != null;
  }

  /** What stands in a deleted message's place. */
  public Tombstone tombstone() {
    return tombstone(message.rev());
  }

  /** The same for clients. */
  Tombstone tombstoneForClients() {
    return tombstone(clientRev);
  }

  private Tombstone tombstone(long rev) {
    return new Tombstone(
        message.id(),
        message.seq(),
        true,
        deletedBy,
        deletedAt,
        message.visibility() == Visibility.ALL ? null : message.visibility(),
        rev);
  }

  /**
   * The message as it is told (events.md): with what it shows to all of staff, and what clients are
   * given of its replies where there are clients.
   */
  Message told(List<Bookmark> shared, ConversationType type) {
    boolean clients = type.isCustomer() && message.visibility() == Visibility.ALL;
    return message.showing(
        ThreadView.figures(thread), shared, clients ? ThreadView.figures(threadForClients) : null);
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
