package dev.parley.sms.outbound;

import dev.parley.chassis.consume.BatchConsumer;
import dev.parley.chassis.consume.Received;
import dev.parley.chassis.tx.Tx;
import dev.parley.chassis.tx.Work;
import dev.parley.contracts.Envelope;
import dev.parley.contracts.EventType;
import dev.parley.contracts.Ids;
import dev.parley.contracts.Right;
import dev.parley.contracts.Topic;
import dev.parley.contracts.Topics;
import dev.parley.contracts.event.AuthorKind;
import dev.parley.contracts.event.Conversation;
import dev.parley.contracts.event.ConversationType;
import dev.parley.contracts.event.MemberKind;
import dev.parley.contracts.event.Message;
import dev.parley.contracts.event.MessageKind;
import dev.parley.contracts.event.Visibility;
import dev.parley.sms.copy.ConversationCopies;
import dev.parley.sms.copy.ConversationCopy;
import dev.parley.sms.copy.OutsiderCopies;
import dev.parley.sms.copy.OutsiderCopy;
import dev.parley.sms.copy.Outsiders;
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
 * Reads the timeline log: which conversations stand on a number of ours, which outside numbers take
 * part in them, and what is said there. Everybody's messages pass here, so a message is parsed only
 * when its conversation is one of those, which one query a batch tells.
 */
@ApplicationScoped
class TimelineEvents implements BatchConsumer {
  private static final String PHONE = MemberKind.PHONE.wire();

  private final Tx tx;
  private final ConversationCopies copies;
  private final OutsiderCopies outsiders;
  private final QueueSms queue;
  private final DispatchLoop dispatch;

  TimelineEvents(
      Tx tx,
      ConversationCopies copies,
      OutsiderCopies outsiders,
      QueueSms queue,
      DispatchLoop dispatch) {
    this.tx = tx;
    this.copies = copies;
    this.outsiders = outsiders;
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
    List<OutsiderCopy> numbers = new ArrayList<>();
    List<Received> messages = new ArrayList<>();
    for (Received record : batch) {
      String type = record.type();
      if (EventType.MESSAGE_CREATED.equals(type)) {
        messages.add(record);
      } else if (type != null && type.startsWith("conversation.")) {
        addLine(record.envelope(), conversations);
        addOutsiders(record.envelope(), numbers);
      } else if (type != null && type.startsWith("member.")) {
        addOutsiders(record.envelope(), numbers);
      }
    }
    if (conversations.isEmpty() && numbers.isEmpty() && messages.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    return tx.write(
            work ->
                copies
                    .upsert(work, conversations)
                    .chain(() -> outsiders.upsert(work, numbers))
                    .chain(() -> take(work, messages)))
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
    return copies
        .all(work, ids)
        .flatMap(
            lines ->
                outsiders
                    .of(work, mixed(lines))
                    .flatMap(others -> queue.queue(work, outgoing(records, lines, others))));
  }

  private static List<UUID> mixed(Map<UUID, ConversationCopy> lines) {
    return lines.values().stream()
        .filter(ConversationCopy::isMixed)
        .map(ConversationCopy::id)
        .toList();
  }

  private static List<QueueSms.Outgoing> outgoing(
      List<Received> records, Map<UUID, ConversationCopy> lines, Map<UUID, Outsiders> others) {
    List<QueueSms.Outgoing> outgoing = new ArrayList<>();
    for (Received record : records) {
      ConversationCopy line = lines.get(Ids.parse(record.key()));
      if (line == null || !record.envelope().tenant().equals(line.tenant())) {
        continue;
      }
      Message message = record.envelope().data(Message.class);
      if (message.kind() == MessageKind.USER && message.visibility() == Visibility.ALL) {
        List<String> to = recipients(record.envelope(), message, line, others);
        if (!to.isEmpty()) {
          outgoing.add(new QueueSms.Outgoing(line, message, to));
        }
      }
    }
    return outgoing;
  }

  /** What outsiders say goes to the others of a group; an SMS conversation has no others. */
  private static List<String> recipients(
      Envelope event, Message message, ConversationCopy line, Map<UUID, Outsiders> others) {
    boolean fromOutside = message.authorKind() == AuthorKind.PHONE;
    if (!fromOutside && message.authorKind() != AuthorKind.USER) {
      return List.of();
    }
    if (!line.isMixed()) {
      return fromOutside ? List.of() : line.externalNumbers();
    }
    long rev = event.rev() == null ? Long.MAX_VALUE : event.rev();
    return others.getOrDefault(line.id(), Outsiders.NONE).at(rev).stream()
        .filter(number -> !fromOutside || !number.equals(message.authorId()))
        .toList();
  }

  private static void addLine(Envelope event, List<ConversationCopy> lines) {
    Conversation conversation = event.data(Conversation.class);
    boolean sms =
        conversation.type() == ConversationType.SMS && conversation.externalNumbers() != null;
    if (conversation.ownNumber() != null
        && (sms || conversation.type() == ConversationType.GROUP)) {
      lines.add(
          new ConversationCopy(
              conversation.id(),
              event.tenant(),
              conversation.type(),
              conversation.ownNumber(),
              sms ? conversation.externalNumbers() : List.of(),
              event.rev() == null ? 0 : event.rev()));
    }
  }

  private static void addOutsiders(Envelope event, List<OutsiderCopy> numbers) {
    if (event.rights() == null || event.rev() == null) {
      return;
    }
    for (Right right : event.rights()) {
      if (PHONE.equals(right.kind())) {
        numbers.add(
            new OutsiderCopy(
                event.tenant(),
                event.conversationId(),
                right.memberId(),
                right.id(),
                right.granted(),
                event.rev()));
      }
    }
  }
}
