package dev.parley.message.inbound;

import dev.parley.chassis.consume.BatchConsumer;
import dev.parley.chassis.consume.NotYet;
import dev.parley.chassis.consume.Received;
import dev.parley.chassis.tx.Tx;
import dev.parley.chassis.tx.Work;
import dev.parley.contracts.Actor;
import dev.parley.contracts.Envelope;
import dev.parley.contracts.Topic;
import dev.parley.contracts.Topics;
import dev.parley.contracts.event.AuthorKind;
import dev.parley.contracts.event.InboundBound;
import dev.parley.contracts.event.MessageBuilder;
import dev.parley.contracts.event.MessageKind;
import dev.parley.contracts.event.Visibility;
import dev.parley.message.Appending;
import dev.parley.message.Draft;
import dev.parley.message.Timelines;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;

/**
 * Appends texts from outside to the conversations that they were bound to. The message's id comes
 * from the carrier's, so a text makes one message however often it is told (product.md §5).
 */
@ApplicationScoped
class InboundEvents implements BatchConsumer {
  private final Tx tx;
  private final Timelines timelines;
  private final Appending appending;

  InboundEvents(Tx tx, Timelines timelines, Appending appending) {
    this.tx = tx;
    this.timelines = timelines;
    this.appending = appending;
  }

  @Override
  public String name() {
    return "inbound";
  }

  @Override
  public Set<Topic> topics() {
    return Set.of(Topics.CONVERSATION_INBOUND);
  }

  @Override
  public Uni<Void> on(List<Received> batch) {
    return tx.write(
        work -> {
          List<Envelope> events = batch.stream().map(Received::envelope).toList();
          Uni<Void> done = timelines.lockAll(work, events);
          for (Envelope event : events) {
            done = done.chain(() -> append(work, event));
          }
          return done.invoke(work::appended);
        });
  }

  private Uni<Void> append(Work work, Envelope event) {
    Draft draft = draft(event);
    return timelines
        .exists(work, event.tenant(), event.conversationId())
        .flatMap(
            exists -> {
              if (!exists) {
                throw new NotYet("conversation");
              }
              return appending.appendInbound(work, draft);
            })
        .replaceWithVoid();
  }

  private static Draft draft(Envelope event) {
    InboundBound text = event.data(InboundBound.class);
    return Draft.from(
        event.tenant(),
        new Actor(text.from(), AuthorKind.PHONE.wire(), text.authorName(), null),
        MessageBuilder.builder()
            .id(text.messageId())
            .conversationId(text.conversationId())
            .clientMsgId(text.messageId().toString())
            .kind(MessageKind.USER)
            .authorId(text.from())
            .authorKind(AuthorKind.PHONE)
            .authorName(text.authorName())
            .from(text.from())
            .body(text.body())
            .visibility(Visibility.ALL)
            .at(text.receivedAt())
            .version(1)
            .build());
  }
}
