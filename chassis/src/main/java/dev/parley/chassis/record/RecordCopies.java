package dev.parley.chassis.record;

import dev.parley.chassis.crm.CrmPositions;
import dev.parley.chassis.tx.Tx;
import dev.parley.contracts.Json;
import dev.parley.contracts.event.CrmRecord;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;

/**
 * Tables {@code record_copy} and {@code record_copy_position}. Every node writes what it reads; the
 * highest version of a record stays, in whatever order and however often it comes, and a deletion
 * is a version like any other.
 */
@ApplicationScoped
public class RecordCopies {
  /** What is known already is left out before: a second node locks no row for it. */
  private static final String UPSERT =
      """
      insert into record_copy (tenant, type, id, version, deleted, company_id, merged_into, linked,
                               visible_to, name)
      select n.tenant, n.type, n.id, n.version, n.deleted, n.company_id, n.merged_into, n.linked,
             n.visible_to, n.name
      from jsonb_to_recordset($1::text::jsonb) as n(
        tenant text, type text, id text, version bigint, deleted boolean, company_id text,
        merged_into text, linked text[], visible_to text[], name text)
      where n.version > coalesce((
        select r.version from record_copy r
        where r.tenant = n.tenant and r.type = n.type and r.id = n.id), -1)
      order by n.tenant, n.type, n.id
      on conflict (tenant, type, id) do update
      set version = excluded.version, deleted = excluded.deleted, company_id = excluded.company_id,
          merged_into = excluded.merged_into, linked = excluded.linked,
          visible_to = excluded.visible_to, name = excluded.name
      where excluded.version > record_copy.version
      """;

  private final Tx tx;
  private final CrmPositions positions;

  RecordCopies(Tx tx) {
    this.tx = tx;
    this.positions = new CrmPositions(tx, "record_copy_position");
  }

  /**
   * In a statement: whether a user of its tenant sees record {@code r} of {@code record_copy}. That
   * is every user, and of assigned data only who owns it, is assigned to it, follows it or is on
   * the account team of it or of its company; {@code visibleTo} of the CRM narrows it for everybody
   * (product.md §3). Nobody sees what is deleted, or was merged into another one.
   *
   * @param user the place of the user's id
   * @param assignedOnly the place of whether they see assigned data only
   */
  public static String sees(String user, String assignedOnly) {
    return """
    not r.deleted and r.merged_into is null
    and (r.visible_to is null or %1$s = any(r.visible_to))
    and (not %2$s or %1$s = any(r.linked)
      or exists (select from record_copy o
                 where o.tenant = r.tenant and o.type = 'company' and o.id = r.company_id
                   and not o.deleted and o.merged_into is null and %1$s = any(o.linked)))
    """
        .formatted(user, assignedOnly);
  }

  /** Takes over those that are newer than what is known, with the place behind them. */
  Uni<Void> apply(Collection<CrmRecord> records, Map<TopicPartition, Long> behind) {
    String rows = Json.text(newest(records).stream().map(RecordCopies::columns).toList());
    return tx.ofAllTenants()
        .write(
            work ->
                work.sql()
                    .preparedQuery(UPSERT)
                    .execute(Tuple.of(rows))
                    .chain(() -> positions.move(work, behind)));
  }

  /** Where to go on reading. */
  CrmPositions positions() {
    return positions;
  }

  /** The newest of each among them, in the order in which everybody writes them. */
  public static Collection<CrmRecord> newest(Collection<CrmRecord> records) {
    Map<String, CrmRecord> newest = new TreeMap<>();
    records.forEach(r -> newest.merge(r.key(), r, (a, b) -> b.version() > a.version() ? b : a));
    return newest.values();
  }

  /**
   * What the condition asks for, and the name, by column; what else a service's own copy has may be
   * added.
   */
  public static Map<String, Object> columns(CrmRecord record) {
    Map<String, Object> row = new HashMap<>();
    row.put("tenant", record.tenant());
    row.put("type", record.type());
    row.put("id", record.id());
    row.put("version", record.version());
    row.put("deleted", record.deleted());
    row.put("company_id", record.companyId());
    row.put("merged_into", record.mergedInto());
    row.put("linked", record.linked());
    row.put("visible_to", record.visibleTo());
    row.put("name", record.name());
    return row;
  }
}
