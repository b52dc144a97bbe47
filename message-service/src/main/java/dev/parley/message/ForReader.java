package dev.parley.message;

import dev.parley.chassis.caller.Caller;
import dev.parley.contracts.event.Message;
import dev.parley.contracts.event.Visibility;

/** A message as one reader may have it: for clients an allow-list of fields (product.md §3). */
public final class ForReader {
  private ForReader() {}

  /** Whether the caller sees it, in a conversation that they may see so much of. */
  public static boolean sees(Caller caller, Access access, Stored stored) {
    Message message = stored.message();
    return message.seq() >= access.visibleFromSeq()
        && (!caller.isClient() || message.visibility() == Visibility.ALL);
  }

  /** What the caller gets of a message that they see. */
  public static MessageView of(Caller caller, Stored stored) {
    if (stored.isDeleted()) {
      return MessageView.of(caller.isClient() ? stored.tombstoneForClients() : stored.tombstone());
    }
    return caller.isClient()
        ? MessageView.reduced(stored, stored.isBy(caller))
        : MessageView.whole(stored);
  }
}
