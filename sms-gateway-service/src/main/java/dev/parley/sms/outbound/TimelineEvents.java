package dev.parley.sms.outbound;

import dev.parley.chassis.consume.BatchConsumer;
import dev.parley.chassis.consume.Received;
import dev.parley.chassis.tx.Tx;
import dev.parley.chassis.tx.Work;
import dev.parley.contracts.Envelope;
import dev.parley.contracts.EventType;
import dev.parley.contracts.Ids;
import dev.parley.contracts.Topic;
import dev.parley.contracts.Topics;
import dev.parley.contracts.event.AuthorKind;
import dev.parley.contracts.event.Conversation;
import dev.parley.contracts.event.ConversationType;
import dev.parley.contracts.event.Message;
import dev.parley.contracts.event.MessageKind;
import dev.parley.contracts.event.Visibility;
import dev.parley.sms.copy.ConversationCopies;
import dev.parley.sms.copy.ConversationCopy;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Reads the timeline log: which numbers an sms conversation stands between, and what staff write
 * into it. Everybody's messages pass here, so a message is parsed only when its conversation is one
 * of ours.
 */
@ApplicationScoped
class TimelineEvents implements BatchConsumer {
  private final Tx tx;
  private final ConversationCopies copies;
  private final QueueSms queue;
  private final DispatchLoop dispatch;

  TimelineEvents(Tx tx, ConversationCopies copies, QueueSms queue, DispatchLoop dispatch) {
    this.tx = tx;
    this.copies = copies;
    this.queue = queue;
    this.dispatch = dispatch;
  }

  @Override
  public String name() {
    return "timeline";
  }

  @Override
  public Set<Topic> topics() {
    return Set.of(Topics.TIMELINE);
  }

  @Override
  public Duration mayLag() {
    return Duration.ofMillis(100); // carriers take seconds
  }

  @Override
  public Uni<Void> on(List<Received> batch) {
    List<ConversationCopy> conversations = new ArrayList<>();
    List<Received> messages = new ArrayList<>();
    for (Received record : batch) {
      String type = record.type();
      if (EventType.MESSAGE_CREATED.equals(type)) {
        messages.add(record);
      } else if (type != null && type.startsWith("conversation.")) {
        addSms(record.envelope(), conversations);
      }
    }
    if (conversations.isEmpty() && messages.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    return tx.write(work -> copies.upsert(work, conversations).chain(() -> take(work, messages)))
        .invoke(
            queued -> {
              if (queued > 0) {
                dispatch.wake();
              }
            })
        .replaceWithVoid();
  }

  private Uni<Integer> take(Work work, List<Received> records) {
    Set<UUID> ids =
        records.stream()
            .map(record -> Ids.parse(record.key()))
            .filter(id -> id != null)
            .collect(Collectors.toSet());
    return copies.all(work, ids).flatMap(known -> queue.queue(work, outgoing(records, known)));
  }

  private static List<QueueSms.Outgoing> outgoing(
      List<Received> records, Map<UUID, ConversationCopy> known) {
    List<QueueSms.Outgoing> outgoing = new ArrayList<>();
    for (Received record : records) {
      ConversationCopy conversation = known.get(Ids.parse(record.key()));
      if (conversation == null || !record.envelope().tenant().equals(conversation.tenant())) {
        continue;
      }
      Message message = record.envelope().data(Message.class);
      if (message.kind() == MessageKind.USER
          && message.authorKind() == AuthorKind.USER
          && message.visibility() == Visibility.ALL) {
        outgoing.add(new QueueSms.Outgoing(conversation, message));
      }
    }
    return outgoing;
  }

  private static void addSms(Envelope event, List<ConversationCopy> conversations) {
    Conversation conversation = event.data(Conversation.class);
    if (conversation.type() == ConversationType.SMS
        && conversation.ownNumber() != null
        && conversation.externalNumbers() != null) {
      conversations.add(
          new ConversationCopy(
              conversation.id(),
              event.tenant(),
              conversation.ownNumber(),
              conversation.externalNumbers(),
              event.rev() == null ? 0 : event.rev()));
    }
  }
}
