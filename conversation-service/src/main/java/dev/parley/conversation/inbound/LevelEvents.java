package dev.parley.conversation.inbound;

import dev.parley.chassis.consume.BatchConsumer;
import dev.parley.chassis.consume.Received;
import dev.parley.chassis.tx.Tx;
import dev.parley.contracts.Envelope;
import dev.parley.contracts.EventType;
import dev.parley.contracts.Topic;
import dev.parley.contracts.Topics;
import dev.parley.conversation.preference.KeepLevels;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** What people want to be told of conversations, as notification-service keeps it. */
@ApplicationScoped
class LevelEvents implements BatchConsumer {
  private final Tx tx;
  private final KeepLevels keep;

  LevelEvents(Tx tx, KeepLevels keep) {
    this.tx = tx;
    this.keep = keep;
  }

  @Override
  public String name() {
    return "levels";
  }

  @Override
  public Set<Topic> topics() {
    return Set.of(Topics.NOTIFICATION);
  }

  @Override
  public Duration mayLag() {
    return Duration.ofMillis(250);
  }

  @Override
  public Uni<Void> on(List<Received> batch) {
    List<Envelope> told = Received.forPeople(batch, EventType.LEVEL_UPDATED);
    return told.isEmpty() ? Uni.createFrom().voidItem() : tx.write(work -> keep.take(work, told));
  }
}
