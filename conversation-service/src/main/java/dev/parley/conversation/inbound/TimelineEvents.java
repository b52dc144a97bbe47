package dev.parley.conversation.inbound;

import dev.parley.chassis.await.Waiter;
import dev.parley.chassis.consume.BatchConsumer;
import dev.parley.chassis.consume.Received;
import dev.parley.chassis.tx.Tx;
import dev.parley.contracts.Envelope;
import dev.parley.contracts.EventType;
import dev.parley.contracts.Topic;
import dev.parley.contracts.Topics;
import dev.parley.contracts.event.Message;
import dev.parley.conversation.LastMessage;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The one log of rights and messages: from it come the last message of each conversation and the
 * place of each membership. A projection by {@code seq} and {@code rev}; repeats change nothing.
 */
@ApplicationScoped
class TimelineEvents implements BatchConsumer {
  private final Tx tx;
  private final Placements placements;
  private final Waiter waiter;

  TimelineEvents(Tx tx, Placements placements, Waiter waiter) {
    this.tx = tx;
    this.placements = placements;
    this.waiter = waiter;
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
    return Duration.ofMillis(20); // whoever adds a member waits for it
  }

  @Override
  public Uni<Void> on(List<Received> batch) {
    // The log is in order per conversation: of a batch's messages the last one is the newest, and
    // no other needs to be parsed.
    Map<String, Received> newest = new HashMap<>();
    List<Envelope> memberships = new ArrayList<>();
    for (Received received : batch) {
      String type = received.type();
      if (EventType.MESSAGE_CREATED.equals(type)) {
        newest.put(received.key(), received);
      } else if (EventType.MEMBER_ADDED.equals(type)
          || EventType.MEMBER_UPDATED.equals(type)
          || EventType.MEMBER_REMOVED.equals(type)) {
        memberships.add(received.envelope());
      }
    }
    if (newest.isEmpty() && memberships.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    List<Placements.Newest> messages =
        newest.values().stream().map(one -> newest(one.envelope())).toList();
    Set<String> woken = new HashSet<>();
    memberships.forEach(one -> woken.add("members/" + one.conversationId()));
    return tx.write(
            work ->
                placements
                    .messages(work, messages)
                    .chain(() -> placements.members(work, memberships)))
        .invoke(() -> waiter.arrived(woken))
        .replaceWithVoid();
  }

  private static Placements.Newest newest(Envelope event) {
    return new Placements.Newest(
        event.tenant(), event.conversationId(), LastMessage.of(event.data(Message.class)));
  }
}
