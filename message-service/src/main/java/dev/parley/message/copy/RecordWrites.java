package dev.parley.message.copy;

import dev.parley.chassis.record.RecordCopies;
import dev.parley.chassis.tx.Work;
import dev.parley.contracts.Json;
import dev.parley.contracts.event.CrmRecord;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.Map;

/** Takes in what the CRM tells: the higher version of a record stays, deletions included. */
@ApplicationScoped
public class RecordWrites {
  private static final String UPSERT =
      """
      insert into record_copy (tenant, type, id, version, deleted, company_id, merged_into, linked,
                               visible_to, data, client)
      select tenant, type, id, version, deleted, company_id, merged_into, linked, visible_to, data,
             client
      from jsonb_to_recordset($1::text::jsonb) as r(
        tenant text, type text, id text, version bigint, deleted boolean, company_id text,
        merged_into text, linked text[], visible_to text[], data text, client boolean)
      order by tenant, type, id
      on conflict (tenant, type, id) do update
      set version = excluded.version, deleted = excluded.deleted, company_id = excluded.company_id,
          merged_into = excluded.merged_into, linked = excluded.linked,
          visible_to = excluded.visible_to, data = excluded.data,
          client = excluded.client
      where excluded.version > record_copy.version
      """;

  RecordWrites() {}

  /** Stores those that are newer than what is known. */
  public Uni<Void> upsert(Work work, Collection<CrmRecord> records) {
    String rows =
        Json.text(RecordCopies.newest(records).stream().map(RecordWrites::columns).toList());
    return work.sql().preparedQuery(UPSERT).execute(Tuple.of(rows)).replaceWithVoid();
  }

  private static Map<String, Object> columns(CrmRecord record) {
    Map<String, Object> row = RecordCopies.columns(record);
    row.put("data", Json.text(record));
    row.put("client", isClient(record));
    return row;
  }

  private static boolean isClient(CrmRecord record) {
    return "contact".equals(record.type())
        && !record.gone()
        && Boolean.TRUE.equals(record.client());
  }
}
