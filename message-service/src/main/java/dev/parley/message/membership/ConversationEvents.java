package dev.parley.message.membership;

import dev.parley.chassis.await.Waiter;
import dev.parley.chassis.consume.BatchConsumer;
import dev.parley.chassis.consume.NotYet;
import dev.parley.chassis.consume.Received;
import dev.parley.chassis.inbox.Inbox;
import dev.parley.chassis.tx.Tx;
import dev.parley.chassis.tx.Work;
import dev.parley.contracts.Envelope;
import dev.parley.contracts.EventType;
import dev.parley.contracts.Topic;
import dev.parley.contracts.Topics;
import dev.parley.message.Timelines;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * Takes conversations and requested memberships from conversation-service and gives each its place
 * in the conversation's log (product.md §1, "Rights and messages have one order").
 */
@ApplicationScoped
class ConversationEvents implements BatchConsumer {
  private static final String NAME = "conversation";

  private final Tx tx;
  private final Inbox inbox;
  private final Timelines timelines;
  private final Sequencing sequencing;
  private final SystemMessages messages;
  private final Waiter waiter;

  ConversationEvents(
      Tx tx,
      Inbox inbox,
      Timelines timelines,
      Sequencing sequencing,
      SystemMessages messages,
      Waiter waiter) {
    this.tx = tx;
    this.inbox = inbox;
    this.timelines = timelines;
    this.sequencing = sequencing;
    this.messages = messages;
    this.waiter = waiter;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Set<Topic> topics() {
    return Set.of(Topics.CONVERSATION);
  }

  @Override
  public Uni<Void> on(List<Received> batch) {
    List<Envelope> events = batch.stream().map(Received::envelope).toList();
    return tx.write(
            work ->
                inbox
                    .fresh(work, NAME, events.stream().map(Envelope::id).toList())
                    .call(() -> timelines.lockAll(work, events))
                    .flatMap(fresh -> each(work, events, fresh)))
        .invoke(() -> waiter.arrived(events.stream().map(Envelope::conversationId).toList()));
  }

  private Uni<Void> each(Work work, List<Envelope> events, Set<UUID> fresh) {
    Uni<Void> done = Uni.createFrom().voidItem();
    for (Envelope event : events) {
      if (fresh.remove(event.id())) { // a repeat within the batch has its effect once
        done = done.chain(() -> one(work, event));
      }
    }
    return done;
  }

  private Uni<Void> one(Work work, Envelope event) {
    if (EventType.CONVERSATION_CREATED.equals(event.type())) {
      return sequencing.create(work, event);
    }
    if (EventType.PILL_REQUESTED.equals(event.type())) {
      return messages.pill(work, event);
    }
    return timelines
        .place(work, event.tenant(), event.conversationId())
        .flatMap(
            place -> {
              Timelines.Place at = place.orElseThrow(() -> new NotYet("conversation"));
              return switch (event.type()) {
                case EventType.MEMBER_ADD_REQUESTED -> sequencing.add(work, event, at);
                case EventType.MEMBER_UPDATE_REQUESTED -> sequencing.update(work, event, at);
                case EventType.MEMBER_REMOVE_REQUESTED -> sequencing.remove(work, event, at);
                case EventType.CONTEXT_UPDATED,
                    EventType.LEASE_ACQUIRED,
                    EventType.LEASE_RELEASED ->
                    sequencing.pass(work, event, at);
                default -> sequencing.state(work, event, at);
              };
            });
  }
}
