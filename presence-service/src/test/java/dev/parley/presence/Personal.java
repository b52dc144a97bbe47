package dev.parley.presence;

import dev.parley.chassis.Wire;
import dev.parley.contracts.Actor;
import dev.parley.contracts.Envelope;
import dev.parley.contracts.EventType;
import dev.parley.contracts.Recipient;
import dev.parley.contracts.Topics;
import dev.parley.contracts.event.ConversationType;
import dev.parley.contracts.event.UnreadCount;
import dev.parley.contracts.event.UnreadUpdated;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/** What belongs to people, as message-service would write it. */
public final class Personal {
  private Personal() {}

  /** Counts of these people in one record; returns its envelope. */
  public static Envelope unread(String tenant, UUID conversation, UnreadCount... counts) {
    Envelope event = event(tenant, conversation, counts);
    Wire.publish(Topics.MESSAGE_PERSONAL, event);
    return event;
  }

  /** The same, not published. */
  public static Envelope event(String tenant, UUID conversation, UnreadCount... counts) {
    List<UnreadCount> all = List.of(counts);
    return Envelope.of(
            EventType.UNREAD_UPDATED,
            tenant,
            conversation,
            Actor.SYSTEM,
            Instant.now(),
            new UnreadUpdated(all))
        .in(ConversationType.GROUP)
        .to(Arrays.stream(counts).map(one -> new Recipient(one.kind(), one.id())).toList());
  }

  /** That many unread, of that version. */
  public static UnreadCount user(String id, long unread, long version) {
    return new UnreadCount("user", id, 7L, unread, 1, 2, version, unread + 10);
  }

  public static UnreadCount client(String id, long unread, long version) {
    return new UnreadCount("client", id, null, unread, 0, 0, version, unread);
  }
}
