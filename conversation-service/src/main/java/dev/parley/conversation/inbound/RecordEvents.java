package dev.parley.conversation.inbound;

import dev.parley.chassis.await.Waiter;
import dev.parley.chassis.consume.BatchConsumer;
import dev.parley.chassis.consume.Received;
import dev.parley.chassis.tx.Tx;
import dev.parley.chassis.tx.Work;
import dev.parley.contracts.Ids;
import dev.parley.contracts.Json;
import dev.parley.contracts.Topic;
import dev.parley.contracts.Topics;
import dev.parley.contracts.event.CrmRecord;
import dev.parley.conversation.Succession;
import dev.parley.conversation.context.DealPills;
import dev.parley.conversation.context.TellContext;
import dev.parley.conversation.copy.RecordWrites;
import dev.parley.conversation.derive.DerivationLoop;
import dev.parley.conversation.records.TellUsers;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;

/** The CRM's records, from itself and through our REST end: a projection by version. */
@ApplicationScoped
class RecordEvents implements BatchConsumer {
  private final Tx tx;
  private final RecordWrites records;
  private final TellContext contexts;
  private final DealPills deals;
  private final TellUsers users;
  private final Waiter waiter;
  private final Succession succession;
  private final DerivationLoop derivations;

  RecordEvents(
      Tx tx,
      RecordWrites records,
      TellContext contexts,
      DealPills deals,
      TellUsers users,
      Waiter waiter,
      Succession succession,
      DerivationLoop derivations) {
    this.tx = tx;
    this.records = records;
    this.contexts = contexts;
    this.deals = deals;
    this.users = users;
    this.waiter = waiter;
    this.succession = succession;
    this.derivations = derivations;
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
    return tx.write(work -> take(work, told))
        .invoke(waiter::arrived)
        .invoke(derivations::poke)
        .chain(() -> succession.ofInactive(told));
  }

  private Uni<List<String>> take(Work work, List<CrmRecord> told) {
    return users
        .known(work, told)
        .flatMap(
            known ->
                records
                    .knownDeals(work, told)
                    .flatMap(
                        before ->
                            records
                                .upsert(work, told)
                                .invoke(changed -> users.changed(work, known, told, changed))
                                .call(changed -> contexts.recordsChanged(work, changed))
                                .call(changed -> deals.changed(work, before, told, changed))));
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
