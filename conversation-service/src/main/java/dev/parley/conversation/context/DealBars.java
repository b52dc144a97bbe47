package dev.parley.conversation.context;

import dev.parley.chassis.caller.Caller;
import dev.parley.contracts.event.CrmRecord;
import dev.parley.contracts.event.DealBar;
import dev.parley.contracts.event.RecordRef;
import dev.parley.conversation.Query;
import dev.parley.conversation.copy.RecordCopy;
import dev.parley.conversation.copy.Records;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.function.Predicate;

/**
 * A deal as the bar of its room shows it: always the CRM's record as it is now. The name of its
 * company belongs to it, unless the CRM narrows who sees that company.
 */
@ApplicationScoped
class DealBars {
  private static final String DEAL = "deal";
  private static final String COMPANY = "company";

  private final Records records;

  DealBars(Records records) {
    this.records = records;
  }

  /** For one reader; who may not see the deal gets its id alone. */
  Uni<DealBar> of(Query query, Caller reader, String deal) {
    RecordRef ref = new RecordRef(DEAL, deal);
    return records
        .visible(query, reader, List.of(ref))
        .flatMap(
            seen ->
                bar(
                    query,
                    reader.tenant(),
                    deal,
                    seen.get(ref),
                    company ->
                        company.visibleTo() == null || company.visibleTo().contains(reader.id())));
  }

  /** For all who may see the deal, whoever they are. */
  Uni<DealBar> ofAll(Query query, String tenant, String deal) {
    return records
        .find(query, tenant, DEAL, List.of(deal))
        .flatMap(
            found ->
                bar(query, tenant, deal, found.get(deal), company -> company.visibleTo() == null));
  }

  private Uni<DealBar> bar(
      Query query, String tenant, String id, RecordCopy deal, Predicate<CrmRecord> named) {
    if (deal == null) {
      return Uni.createFrom().item(DealBar.hidden(id));
    }
    String company = deal.data().companyId();
    return company == null
        ? Uni.createFrom().item(bar(deal, null))
        : records
            .find(query, tenant, COMPANY, List.of(company))
            .map(
                found -> {
                  RecordCopy its = found.get(company);
                  return bar(deal, its != null && named.test(its.data()) ? its.name() : null);
                });
  }

  private static DealBar bar(RecordCopy deal, String companyName) {
    CrmRecord data = deal.data();
    return new DealBar(
        deal.id(),
        true,
        deal.title(),
        data.stage(),
        data.value(),
        data.currency(),
        data.closeDate(),
        data.ownerId(),
        data.companyId(),
        companyName,
        data.url());
  }
}
