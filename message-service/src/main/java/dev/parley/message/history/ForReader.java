package dev.parley.message.history;

import dev.parley.chassis.caller.Caller;
import dev.parley.contracts.event.Message;
import dev.parley.contracts.event.Visibility;
import java.util.List;

/** A message as one reader may have it: for clients an allow-list of fields (product.md §3). */
final class ForReader {
  private ForReader() {}

  static boolean sees(Caller caller, Message message) {
    return !caller.isClient() || message.visibility() == Visibility.ALL;
  }

  static Message of(Caller caller, Message message) {
    if (!caller.isClient()) {
      return message;
    }
    boolean own = caller.id().equals(message.authorId());
    return new Message(
        message.id(),
        message.conversationId(),
        own ? message.clientMsgId() : "",
        message.kind(),
        message.authorId(),
        message.authorKind(),
        message.authorName(),
        message.avatarUrl(),
        null,
        null,
        message.body(),
        message.visibility(),
        message.mentions(),
        message.attachments(),
        List.of(),
        message.threadRoot(),
        message.reactions(),
        false,
        null,
        message.system(),
        message.at(),
        message.version(),
        message.seq(),
        message.rev());
  }
}
