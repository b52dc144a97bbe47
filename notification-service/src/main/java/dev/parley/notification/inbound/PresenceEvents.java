package dev.parley.notification.inbound;

import dev.parley.chassis.consume.BatchConsumer;
import dev.parley.chassis.consume.Received;
import dev.parley.chassis.tx.Tx;
import dev.parley.contracts.Envelope;
import dev.parley.contracts.EventType;
import dev.parley.contracts.Topic;
import dev.parley.contracts.Topics;
import dev.parley.notification.copy.PresenceCopies;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** Presence into the copy. */
@ApplicationScoped
class PresenceEvents implements BatchConsumer {
  private final Tx tx;
  private final PresenceCopies presence;

  PresenceEvents(Tx tx, PresenceCopies presence) {
    this.tx = tx;
    this.presence = presence;
  }

  @Override
  public String name() {
    return "presence";
  }

  @Override
  public Set<Topic> topics() {
    return Set.of(Topics.PRESENCE);
  }

  @Override
  public Duration mayLag() {
    return Duration.ofMillis(250);
  }

  @Override
  public Uni<Void> on(List<Received> batch) {
    List<Envelope> events =
        batch.stream()
            .filter(received -> EventType.PRESENCE_CHANGED.equals(received.type()))
            .map(Received::envelope)
            .toList();
    return events.isEmpty()
        ? Uni.createFrom().voidItem()
        : tx.write(work -> presence.apply(work, events));
  }
}
