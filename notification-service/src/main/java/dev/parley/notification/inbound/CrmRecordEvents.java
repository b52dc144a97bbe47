package dev.parley.notification.inbound;

import dev.parley.chassis.consume.BatchConsumer;
import dev.parley.chassis.consume.Received;
import dev.parley.chassis.tx.Tx;
import dev.parley.contracts.Json;
import dev.parley.contracts.Topic;
import dev.parley.contracts.Topics;
import dev.parley.contracts.event.CrmRecord;
import dev.parley.notification.copy.PersonCopies;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** People of the CRM into the copy, from both topics that records come by. */
@ApplicationScoped
class CrmRecordEvents implements BatchConsumer {
  private final Tx tx;
  private final PersonCopies people;

  CrmRecordEvents(Tx tx, PersonCopies people) {
    this.tx = tx;
    this.people = people;
  }

  @Override
  public String name() {
    return "records";
  }

  @Override
  public Set<Topic> topics() {
    return Set.of(Topics.CRM_RECORDS, Topics.PARLEY_CRM_RECORDS);
  }

  @Override
  public Duration mayLag() {
    return Duration.ofMillis(250);
  }

  @Override
  public Uni<Void> on(List<Received> batch) {
    List<CrmRecord> records =
        batch.stream()
            .filter(received -> received.value().length > 0)
            .map(received -> Json.read(received.value(), CrmRecord.class))
            .filter(record -> PersonCopies.KINDS.containsKey(record.type()))
            .toList();
    return records.isEmpty()
        ? Uni.createFrom().voidItem()
        : tx.write(work -> people.apply(work, records));
  }
}
