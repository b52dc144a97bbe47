package dev.parley.message.inbound;

import dev.parley.chassis.await.Waiter;
import dev.parley.chassis.consume.BatchConsumer;
import dev.parley.chassis.consume.Received;
import dev.parley.chassis.tx.Tx;
import dev.parley.contracts.Ids;
import dev.parley.contracts.Json;
import dev.parley.contracts.Topic;
import dev.parley.contracts.Topics;
import dev.parley.contracts.event.CrmRecord;
import dev.parley.message.copy.People;
import dev.parley.message.copy.RecordWrites;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;

/** The CRM's records, from itself and through our REST end: a projection by version. */
@ApplicationScoped
class RecordEvents implements BatchConsumer {
  private final Tx tx;
  private final RecordWrites records;
  private final People people;
  private final Waiter waiter;

  RecordEvents(Tx tx, RecordWrites records, People people, Waiter waiter) {
    this.tx = tx;
    this.records = records;
    this.people = people;
    this.waiter = waiter;
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
  public Uni<Void> on(List<Received> batch) {
    List<CrmRecord> told =
        batch.stream().filter(one -> one.value().length > 0).map(RecordEvents::read).toList();
    return tx.write(work -> records.upsert(work, told))
        .invoke(() -> people.changed(told))
        .invoke(() -> waiter.arrived(told.stream().map(CrmRecord::key).toList()));
  }

  private static CrmRecord read(Received received) {
    CrmRecord record = Json.read(received.value(), CrmRecord.class);
    if (record.op() == null
        || record.tenant() == null
        || record.type() == null
        || !Ids.isCrmId(record.id())) {
      throw new IllegalArgumentException("no record of the CRM");
    }
    return record;
  }
}
