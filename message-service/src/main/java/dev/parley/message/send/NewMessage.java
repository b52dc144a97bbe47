package dev.parley.message.send;

import dev.parley.chassis.caller.Caller;
import dev.parley.contracts.Ids;
import dev.parley.contracts.event.AuthorKind;
import dev.parley.contracts.event.Message;
import dev.parley.contracts.event.MessageKind;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;

/** A person's message before it has its place. */
final class NewMessage {
  private NewMessage() {}

  static Message of(Caller caller, UUID conversation, SendMessageRequest request, Instant at) {
    return new Message(
        Ids.next(),
        conversation,
        request.clientMsgId(),
        MessageKind.USER,
        caller.id(),
        caller.isClient() ? AuthorKind.CLIENT : AuthorKind.USER,
        caller.name(),
        null,
        null,
        caller.impersonator(),
        request.body(),
        request.visibility(),
        request.mentions(),
        List.of(),
        request.records(),
        request.threadRoot(),
        List.of(),
        false,
        null,
        at.truncatedTo(ChronoUnit.MILLIS),
        1,
        null,
        null);
  }
}
