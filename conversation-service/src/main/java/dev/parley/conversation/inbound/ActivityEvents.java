package dev.parley.conversation.inbound;

import dev.parley.chassis.consume.BatchConsumer;
import dev.parley.chassis.consume.Received;
import dev.parley.chassis.tx.Tx;
import dev.parley.contracts.Envelope;
import dev.parley.contracts.Ids;
import dev.parley.contracts.Topic;
import dev.parley.contracts.Topics;
import dev.parley.conversation.activity.TakeMessages;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * The log once more, for the timelines of the CRM's records. Nobody waits for these, and messages
 * elsewhere are not even parsed.
 */
@ApplicationScoped
class ActivityEvents implements BatchConsumer {
  private final Tx tx;
  private final TakeMessages take;

  ActivityEvents(Tx tx, TakeMessages take) {
    this.tx = tx;
    this.take = take;
  }

  @Override
  public String name() {
    return "activity";
  }

  @Override
  public Set<Topic> topics() {
    return Set.of(Topics.TIMELINE);
  }

  @Override
  public Duration mayLag() {
    return Duration.ofMillis(200);
  }

  @Override
  public Uni<Void> on(List<Received> batch) {
    List<TakeMessages.Source> records =
        batch.stream()
            .filter(received -> TakeMessages.takes(received.type()))
            .<TakeMessages.Source>map(Record::new)
            .toList();
    Set<UUID> conversations =
        records.stream()
            .map(TakeMessages.Source::conversation)
            .filter(Objects::nonNull)
            .collect(Collectors.toSet());
    return conversations.isEmpty()
        ? Uni.createFrom().voidItem()
        : tx.write(work -> take.take(work, conversations, records));
  }

  private record Record(Received received) implements TakeMessages.Source {
    @Override
    public UUID conversation() {
      return Ids.parse(received.key());
    }

    @Override
    public Envelope envelope() {
      return received.envelope();
    }
  }
}
