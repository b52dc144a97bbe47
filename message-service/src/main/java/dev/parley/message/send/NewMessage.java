package dev.parley.message.send;

import dev.parley.chassis.caller.Caller;
import dev.parley.contracts.Ids;
import dev.parley.contracts.event.AuthorKind;
import dev.parley.contracts.event.Message;
import dev.parley.contracts.event.MessageBuilder;
import dev.parley.contracts.event.MessageKind;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/** A person's message before it has its place. */
final class NewMessage {
  private NewMessage() {}

  static Message of(Caller caller, UUID conversation, SendMessageRequest request, Instant at) {
    return MessageBuilder.builder()
        .id(Ids.next())
        .conversationId(conversation)
        .clientMsgId(request.clientMsgId())
        .kind(MessageKind.USER)
        .authorId(caller.id())
        .authorKind(caller.isClient() ? AuthorKind.CLIENT : AuthorKind.USER)
        .authorName(caller.name())
        .impersonatedBy(caller.impersonator())
        .body(request.body())
        .visibility(request.visibility())
        .mentions(request.mentions())
        .records(request.records())
        .threadRoot(request.threadRoot())
        .at(at.truncatedTo(ChronoUnit.MILLIS))
        .version(1)
        .build();
  }
}
