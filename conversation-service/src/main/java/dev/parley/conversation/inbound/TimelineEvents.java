package dev.parley.conversation.inbound;

import dev.parley.chassis.await.Waiter;
import dev.parley.chassis.consume.BatchConsumer;
import dev.parley.chassis.consume.Received;
import dev.parley.chassis.tx.Tx;
import dev.parley.contracts.Envelope;
import dev.parley.contracts.EventType;
import dev.parley.contracts.Topic;
import dev.parley.contracts.Topics;
import dev.parley.conversation.inbound.Placements.Newest;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
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
  private final Changes changes;
  private final Reopening reopening;
  private final Waiter waiter;

  TimelineEvents(
      Tx tx, Placements placements, Changes changes, Reopening reopening, Waiter waiter) {
    this.tx = tx;
    this.placements = placements;
    this.changes = changes;
    this.reopening = reopening;
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
    return Duration.ofMillis(50); // whoever adds a member waits for it
  }

  @Override
  public Uni<Void> on(List<Received> batch) {
    Map<String, Deque<Received>> messages = new HashMap<>();
    List<Envelope> changed = new ArrayList<>();
    List<Envelope> memberships = new ArrayList<>();
    for (Received received : batch) {
      String type = received.type();
      if (EventType.MESSAGE_CREATED.equals(type)) {
        messages.computeIfAbsent(received.key(), key -> new ArrayDeque<>()).push(received);
      } else if (EventType.MESSAGE_UPDATED.equals(type) || EventType.MESSAGE_DELETED.equals(type)) {
        changed.add(received.envelope());
      } else if (EventType.MEMBER_ADDED.equals(type)
          || EventType.MEMBER_UPDATED.equals(type)
          || EventType.MEMBER_REMOVED.equals(type)) {
        memberships.add(received.envelope());
      }
    }
    if (messages.isEmpty() && changed.isEmpty() && memberships.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    List<Newest> shown = new ArrayList<>();
    List<Newest> notes = new ArrayList<>();
    messages.values().forEach(latestFirst -> newest(latestFirst, shown, notes));
    Set<String> woken = new HashSet<>();
    memberships.forEach(one -> woken.add("members/" + one.conversationId()));
    return reopening
        .by(shown)
        .chain(
            () ->
                tx.write(
                    work ->
                        placements
                            .messages(work, shown)
                            .chain(() -> placements.messages(work, notes))
                            .chain(() -> changes.take(work, changed))
                            .chain(() -> placements.members(work, memberships))))
        .invoke(() -> waiter.arrived(woken))
        .replaceWithVoid();
  }

  /**
   * The newest that says something, and where that is an internal note, the newest that is none;
   * where nothing says anything, the newest. The log is in order per conversation, so that no other
   * needs to be parsed.
   */
  private static void newest(Deque<Received> latestFirst, List<Newest> shown, List<Newest> notes) {
    long placed = 0;
    Newest noted = null;
    for (Received received : latestFirst) {
      Newest one = Newest.of(received.envelope());
      placed = Math.max(placed, one.placed());
      if (one.said() && one.shown()) {
        shown.add(one.upTo(placed));
        break;
      }
      if (noted == null || one.said() && !noted.said()) {
        noted = one.upTo(placed);
      }
    }
    if (noted != null) {
      notes.add(noted);
    }
  }
}
