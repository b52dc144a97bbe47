package dev.parley.conversation.inbound;

import dev.parley.chassis.consume.BatchConsumer;
import dev.parley.chassis.consume.Received;
import dev.parley.chassis.tx.Tx;
import dev.parley.contracts.Envelope;
import dev.parley.contracts.EventType;
import dev.parley.contracts.Topic;
import dev.parley.contracts.Topics;
import dev.parley.conversation.lease.EndLeases;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** Sockets that have closed: their leases end. A repeat finds none any more. */
@ApplicationScoped
class SessionEvents implements BatchConsumer {
  private final Tx tx;
  private final EndLeases leases;

  SessionEvents(Tx tx, EndLeases leases) {
    this.tx = tx;
    this.leases = leases;
  }

  @Override
  public String name() {
    return "sessions";
  }

  @Override
  public Set<Topic> topics() {
    return Set.of(Topics.PRESENCE);
  }

  @Override
  public Duration mayLag() {
    return Duration.ofMillis(200);
  }

  @Override
  public Uni<Void> on(List<Received> batch) {
    List<Envelope> ended =
        batch.stream()
            .filter(received -> EventType.SESSION_ENDED.equals(received.type()))
            .map(Received::envelope)
            .toList();
    return ended.isEmpty() ? Uni.createFrom().voidItem() : tx.write(work -> leases.of(work, ended));
  }
}
