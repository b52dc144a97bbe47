package dev.parley.conversation.inbound;

import dev.parley.chassis.tx.Work;
import dev.parley.contracts.Actor;
import dev.parley.contracts.Envelope;
import dev.parley.contracts.EventType;
import dev.parley.contracts.Ids;
import dev.parley.contracts.Topics;
import dev.parley.contracts.event.ConversationState;
import dev.parley.contracts.event.ConversationType;
import dev.parley.contracts.event.CrmRecord;
import dev.parley.contracts.event.InboundBound;
import dev.parley.contracts.event.SmsReceived;
import dev.parley.conversation.Conversation;
import dev.parley.conversation.ConversationBuilder;
import dev.parley.conversation.ConversationLog;
import dev.parley.conversation.Conversations;
import dev.parley.conversation.Founding;
import dev.parley.conversation.PhonePairs;
import dev.parley.conversation.Query;
import dev.parley.conversation.SmsParticipants;
import dev.parley.conversation.SmsParticipants.Circle;
import dev.parley.conversation.copy.RecordCopy;
import dev.parley.conversation.copy.Records;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Finds the conversation of a phone pair, or makes it (product.md §5). The pair has one live
 * conversation at any time: the unique key decides between those who make it at once. A closed one
 * is opened; it stays the contact's who had the number when it began.
 */
@ApplicationScoped
class BindInbound {
  private final Conversations conversations;
  private final PhonePairs pairs;
  private final Founding founding;
  private final SmsParticipants participants;
  private final Records records;
  private final ConversationLog log;
  private final Reopening reopening;

  BindInbound(
      Conversations conversations,
      PhonePairs pairs,
      Founding founding,
      SmsParticipants participants,
      Records records,
      ConversationLog log,
      Reopening reopening) {
    this.conversations = conversations;
    this.pairs = pairs;
    this.founding = founding;
    this.participants = participants;
    this.records = records;
    this.log = log;
    this.reopening = reopening;
  }

  /** Binds one text, within the work. */
  Uni<Void> bind(Work work, String tenant, SmsReceived sms) {
    return bound(work, tenant, sms)
        .flatMap(
            found ->
                found.isPresent()
                    ? reopening.open(work, outsider(sms), found.get())
                    : create(work, tenant, sms))
        .flatMap(
            conversation ->
                authorName(work, conversation, sms)
                    .invoke(name -> emit(work, conversation, sms, name)))
        .replaceWithVoid();
  }

  private Uni<Optional<Conversation>> bound(Work work, String tenant, SmsReceived sms) {
    return pairs
        .holder(Query.in(work), tenant, sms.ownNumber(), sms.theirNumber())
        .flatMap(
            holder ->
                holder.isEmpty()
                    ? Uni.createFrom().item(Optional.empty())
                    : conversations
                        .lockById(work, tenant, holder.get())
                        .map(Optional::of)
                        .map(c -> c.filter(BindInbound::isLive)));
  }

  private static boolean isLive(Conversation conversation) {
    return conversation.state() != ConversationState.ARCHIVED;
  }

  private Uni<Conversation> create(Work work, String tenant, SmsReceived sms) {
    return participants
        .of(Query.in(work), tenant, sms.theirNumber(), sms.holderId())
        .flatMap(
            circle -> {
              Conversation made = conversation(tenant, sms, circle);
              return founding
                  .found(
                      work,
                      Actor.SYSTEM,
                      made,
                      circle.members(made.id(), sms.theirNumber(), made.createdAt()),
                      sms.holderId(),
                      null)
                  .flatMap(
                      created ->
                          created
                              ? Uni.createFrom().item(made)
                              : conversations
                                  .lockByKey(work, tenant, made.uniqueKey())
                                  .flatMap(
                                      other ->
                                          reopening.open(
                                              work, outsider(sms), other.orElseThrow())));
            });
  }

  private Conversation conversation(String tenant, SmsReceived sms, Circle circle) {
    Optional<CrmRecord> contact = circle.contact().map(RecordCopy::data);
    UUID id = Ids.next();
    return ConversationBuilder.builder()
        .id(id)
        .tenant(tenant)
        .type(ConversationType.SMS)
        .uniqueKey(Conversation.pairKey(sms.ownNumber(), sms.theirNumber()))
        .state(ConversationState.OPEN)
        .createdBy(Actor.SYSTEM.id())
        .createdAt(log.now())
        .version(1)
        .ownNumber(sms.ownNumber())
        .externalNumbers(List.of(sms.theirNumber()))
        .contactId(circle.contact().map(RecordCopy::id).orElse(null))
        .contactOwnerId(contact.map(CrmRecord::ownerId).orElse(null))
        .followers(contact.map(CrmRecord::followers).orElse(null))
        .build();
  }

  /** Of an SMS conversation its contact's name; of a group the one who alone has the number. */
  private Uni<String> authorName(Work work, Conversation conversation, SmsReceived sms) {
    Query query = Query.in(work);
    String contact = conversation.contactId();
    Uni<Optional<RecordCopy>> named =
        conversation.type() == ConversationType.SMS
            ? contact == null
                ? Uni.createFrom().item(Optional.empty())
                : records
                    .find(query, conversation.tenant(), "contact", List.of(contact))
                    .map(found -> Optional.ofNullable(found.get(contact)))
            : records.onlyHolder(query, conversation.tenant(), sms.theirNumber());
    return named.map(one -> one.map(RecordCopy::title).orElse(sms.theirNumber()));
  }

  private void emit(Work work, Conversation conversation, SmsReceived sms, String name) {
    InboundBound bound =
        new InboundBound(
            sms.messageId(),
            conversation.id(),
            sms.theirNumber(),
            name,
            sms.body(),
            sms.media(),
            sms.receivedAt());
    work.emit(
        Topics.CONVERSATION_INBOUND,
        conversation.id().toString(),
        Envelope.of(
            EventType.INBOUND_BOUND,
            conversation.tenant(),
            conversation.id(),
            new Actor(sms.theirNumber(), "phone", name, null),
            log.now(),
            bound));
  }

  private static Actor outsider(SmsReceived sms) {
    return new Actor(sms.theirNumber(), "phone", null, null);
  }
}
