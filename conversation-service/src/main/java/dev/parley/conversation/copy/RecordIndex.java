package dev.parley.conversation.copy;

import dev.parley.chassis.tx.Work;
import dev.parley.contracts.event.CrmRecord;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** By what records are found besides their ids: words, people whom they name, numbers. */
@ApplicationScoped
class RecordIndex {
  private static final String FORGET_WORDS =
      """
      delete from record_word_copy w using unnest($1::text[], $2::text[], $3::text[]) k(t, y, i)
      where w.tenant = k.t and w.type = k.y and w.id = k.i
      """;

  private static final String LEARN_WORDS =
      """
      insert into record_word_copy (tenant, type, id, word)
      select * from unnest($1::text[], $2::text[], $3::text[], $4::text[])
      on conflict do nothing
      """;

  private static final String FORGET_LINKS =
      """
      delete from record_link_copy l using unnest($1::text[], $2::text[], $3::text[]) k(t, y, i)
      where l.tenant = k.t and l.type = k.y and l.id = k.i
      """;

  private static final String LEARN_LINKS =
      """
      insert into record_link_copy (tenant, type, id, user_id)
      select * from unnest($1::text[], $2::text[], $3::text[], $4::text[])
      on conflict do nothing
      """;

  private static final String FORGET_PHONES =
      """
      delete from record_phone_copy p using unnest($1::text[], $2::text[], $3::text[]) k(t, y, i)
      where k.y = 'contact' and p.tenant = k.t and p.contact_id = k.i
      """;

  private static final String LEARN_PHONES =
      """
      insert into record_phone_copy (tenant, contact_id, phone)
      select t, i, p from unnest($1::text[], $2::text[], $3::text[], $4::text[]) k(t, y, i, p)
      where y = 'contact'
      on conflict do nothing
      """;

  RecordIndex() {}

  /** Finds the records from now on by what they say now. */
  Uni<Void> renew(Work work, List<CrmRecord> changed) {
    Tuple keys = keys(changed);
    return run(work, FORGET_WORDS, keys)
        .chain(() -> run(work, LEARN_WORDS, rows(changed, Words::of)))
        .chain(() -> run(work, FORGET_LINKS, keys))
        .chain(() -> run(work, LEARN_LINKS, rows(changed, CrmRecord::linked)))
        .chain(() -> run(work, FORGET_PHONES, keys))
        .chain(() -> run(work, LEARN_PHONES, rows(changed, RecordIndex::phones)));
  }

  static Tuple keys(List<CrmRecord> records) {
    return Tuple.of(
        records.stream().map(CrmRecord::tenant).toArray(String[]::new),
        records.stream().map(CrmRecord::type).toArray(String[]::new),
        records.stream().map(CrmRecord::id).toArray(String[]::new));
  }

  private static List<String> phones(CrmRecord record) {
    return record.phones() == null ? List.of() : record.phones();
  }

  /** One row for each value; who is gone, or has become another, has none. */
  private static Tuple rows(List<CrmRecord> changed, Function<CrmRecord, List<String>> of) {
    List<String[]> rows = new ArrayList<>();
    for (CrmRecord record : changed) {
      if (!record.gone()) {
        for (String value : of.apply(record)) {
          rows.add(new String[] {record.tenant(), record.type(), record.id(), value});
        }
      }
    }
    return Tuple.of(column(rows, 0), column(rows, 1), column(rows, 2), column(rows, 3));
  }

  private static String[] column(List<String[]> rows, int index) {
    return rows.stream().map(row -> row[index]).toArray(String[]::new);
  }

  private static Uni<Void> run(Work work, String statement, Tuple values) {
    return work.sql().preparedQuery(statement).execute(values).replaceWithVoid();
  }
}
