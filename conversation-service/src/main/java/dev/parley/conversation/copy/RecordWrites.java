package dev.parley.conversation.copy;

import dev.parley.chassis.tx.Work;
import dev.parley.contracts.Json;
import dev.parley.contracts.event.CrmRecord;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Takes in what the CRM tells. The higher version of a record stays, whatever the order of arrival;
 * a deletion is a version like any other, and who was merged into another is gone as well.
 */
@ApplicationScoped
public class RecordWrites {
  private static final String DEAL = "deal";

  private static final String UPSERT =
      """
      insert into record_copy (tenant, type, id, version, deleted, name, active, is_client,
                               company_id, phones, linked, assignees, visible_to, data)
      select tenant, type, id, version, deleted, name, active, is_client,
             company_id, phones, linked, assignees, visible_to, data
      from jsonb_to_recordset($1::text::jsonb) as r(
        tenant text, type text, id text, version bigint, deleted boolean, name text,
        active boolean, is_client boolean, company_id text, phones text[], linked text[],
        assignees text[], visible_to text[], data text)
      order by tenant, type, id
      on conflict (tenant, type, id) do update
      set version = excluded.version, deleted = excluded.deleted,
          name = case when excluded.deleted then record_copy.name else excluded.name end,
          active = excluded.active, is_client = excluded.is_client,
          company_id = excluded.company_id, phones = excluded.phones, linked = excluded.linked,
          assignees = excluded.assignees,
          visible_to = excluded.visible_to, data = excluded.data
      where excluded.version > record_copy.version
      returning tenant, type, id
      """;

  /**
   * What follows from them is computed behind the commit (feature {@code derive}). A note that is
   * there is written again: that holds it until this transaction has ended, so that nobody takes it
   * for a change that cannot be seen yet.
   */
  private static final String NOTE =
      """
      insert into record_due (tenant, type, id)
      select t, y, i from unnest($1::text[], $2::text[], $3::text[]) as k(t, y, i)
      where y in ('user', 'company', 'contact', 'deal')
      order by t, y, i
      on conflict (tenant, type, id) do update set id = excluded.id
      """;

  /** In the order in which they are written. */
  private static final String KNOWN =
      """
      select r.type, r.deleted, r.data from record_copy r
      join unnest($1::text[], $2::text[], $3::text[]) as k(t, y, i)
        on r.tenant = k.t and r.type = k.y and r.id = k.i
      order by r.tenant, r.type, r.id for no key update of r
      """;

  private final RecordIndex index;

  RecordWrites(RecordIndex index) {
    this.index = index;
  }

  /**
   * The deals among them as they are known now, by key, without deleted ones; they stay so until
   * this work stores others. No query where none of them is a deal.
   */
  public Uni<Map<String, CrmRecord>> knownDeals(Work work, List<CrmRecord> records) {
    if (records.stream().noneMatch(one -> DEAL.equals(one.type()))) {
      return Uni.createFrom().item(Map.of());
    }
    return work.sql()
        .preparedQuery(KNOWN)
        .execute(RecordIndex.keys(records))
        .map(
            rows -> {
              Map<String, CrmRecord> deals = new HashMap<>();
              for (Row row : rows) {
                if (DEAL.equals(row.getString("type")) && !row.getBoolean("deleted")) {
                  CrmRecord deal = Json.read(row.getString("data"), CrmRecord.class);
                  deals.put(deal.key(), deal);
                }
              }
              return deals;
            });
  }

  /** Stores those that are newer than what is known; gives the keys of these. */
  public Uni<List<String>> upsert(Work work, Collection<CrmRecord> records) {
    Map<String, CrmRecord> newest = new HashMap<>();
    records.forEach(r -> newest.merge(r.key(), r, (a, b) -> b.version() > a.version() ? b : a));
    String rows = Json.text(newest.values().stream().map(RecordWrites::columns).toList());
    return work.sql()
        .preparedQuery(UPSERT)
        .execute(Tuple.of(rows))
        .flatMap(
            written -> {
              List<CrmRecord> changed = new ArrayList<>();
              written.forEach(row -> changed.add(newest.get(key(row))));
              return follow(work, changed)
                  .replaceWith(() -> changed.stream().map(CrmRecord::key).toList());
            });
  }

  private Uni<Void> follow(Work work, List<CrmRecord> changed) {
    return work.sql()
        .preparedQuery(NOTE)
        .execute(RecordIndex.keys(changed))
        .chain(() -> index.renew(work, changed));
  }

  private static String key(Row row) {
    return row.getString("tenant") + "/" + row.getString("type") + "/" + row.getString("id");
  }

  private static Map<String, Object> columns(CrmRecord record) {
    Map<String, Object> row = new HashMap<>();
    row.put("tenant", record.tenant());
    row.put("type", record.type());
    row.put("id", record.id());
    row.put("version", record.version());
    row.put("deleted", record.gone());
    row.put("name", Words.name(record));
    row.put("active", !record.gone() && !Boolean.FALSE.equals(record.active()));
    row.put("is_client", Boolean.TRUE.equals(record.client()));
    row.put("company_id", record.companyId());
    row.put("phones", record.phones() == null ? List.of() : record.phones());
    row.put("linked", record.linked());
    row.put("assignees", record.assignees() == null ? List.of() : record.assignees());
    row.put("visible_to", record.visibleTo());
    row.put("data", Json.text(record));
    return row;
  }
}
