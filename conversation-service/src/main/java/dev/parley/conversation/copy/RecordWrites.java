package dev.parley.conversation.copy;

import dev.parley.chassis.tx.Work;
import dev.parley.contracts.Json;
import dev.parley.contracts.event.CrmRecord;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Takes in what the CRM tells. The higher version of a record stays, whatever the order of arrival;
 * a deletion is a version like any other.
 */
@ApplicationScoped
public class RecordWrites {
  private static final String UPSERT =
      """
      insert into record_copy (tenant, type, id, version, deleted, name, active, is_client,
                               company_id, phones, linked, visible_to, data)
      select tenant, type, id, version, deleted, name, active, is_client,
             company_id, phones, linked, visible_to, data
      from jsonb_to_recordset($1::text::jsonb) as r(
        tenant text, type text, id text, version bigint, deleted boolean, name text,
        active boolean, is_client boolean, company_id text, phones text[], linked text[],
        visible_to text[], data text)
      order by tenant, type, id
      on conflict (tenant, type, id) do update
      set version = excluded.version, deleted = excluded.deleted,
          name = case when excluded.deleted then record_copy.name else excluded.name end,
          active = excluded.active, is_client = excluded.is_client, company_id = excluded.company_id, phones = excluded.phones, linked = excluded.linked,
          visible_to = excluded.visible_to, data = excluded.data
      where excluded.version > record_copy.version
      returning tenant, type, id
      """;

  private static final String FORGET =
      """
      delete from record_word_copy w using unnest($1::text[], $2::text[], $3::text[]) k(t, y, i)
      where w.tenant = k.t and w.type = k.y and w.id = k.i
      """;

  private static final String LEARN =
      """
      insert into record_word_copy (tenant, type, id, word)
      select * from unnest($1::text[], $2::text[], $3::text[], $4::text[])
      on conflict do nothing
      """;

  RecordWrites() {}

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
              return index(work, changed)
                  .replaceWith(() -> changed.stream().map(CrmRecord::key).toList());
            });
  }

  private static Uni<RowSet<Row>> index(Work work, List<CrmRecord> changed) {
    List<String[]> words = new ArrayList<>();
    for (CrmRecord record : changed) {
      if (!record.deleted()) {
        for (String word : Words.of(record)) {
          words.add(new String[] {record.tenant(), record.type(), record.id(), word});
        }
      }
    }
    return work.sql()
        .preparedQuery(FORGET)
        .execute(
            Tuple.of(
                changed.stream().map(CrmRecord::tenant).toArray(String[]::new),
                changed.stream().map(CrmRecord::type).toArray(String[]::new),
                changed.stream().map(CrmRecord::id).toArray(String[]::new)))
        .chain(
            () ->
                work.sql()
                    .preparedQuery(LEARN)
                    .execute(
                        Tuple.of(
                            column(words, 0),
                            column(words, 1),
                            column(words, 2),
                            column(words, 3))));
  }

  private static String[] column(List<String[]> rows, int index) {
    return rows.stream().map(row -> row[index]).toArray(String[]::new);
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
    row.put("deleted", record.deleted());
    row.put("name", Words.name(record));
    row.put("active", !record.deleted() && !Boolean.FALSE.equals(record.active()));
    row.put("is_client", Boolean.TRUE.equals(record.client()));
    row.put("company_id", record.companyId());
    row.put("phones", record.phones() == null ? List.of() : record.phones());
    row.put("linked", linked(record));
    row.put("visible_to", record.visibleTo());
    row.put("data", Json.text(record));
    return row;
  }

  private static List<String> linked(CrmRecord record) {
    return Stream.of(
            record.ownerId() == null ? null : List.of(record.ownerId()),
            record.assignees(),
            record.followers(),
            record.accountTeam())
        .filter(Objects::nonNull)
        .flatMap(Collection::stream)
        .distinct()
        .toList();
  }
}
