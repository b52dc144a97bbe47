package dev.parley.notification.copy;

import dev.parley.chassis.tx.Work;
import dev.parley.contracts.event.CrmRecord;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/**
 * Table {@code person_copy}: names and addresses of users and clients, highest version. A deleted
 * person stays, inactive, so that an older record cannot bring the address back.
 */
@ApplicationScoped
public class PersonCopies {
  /** The CRM's types of record that are people. */
  public static final Map<String, String> KINDS = Map.of("user", "user", "contact", "client");

  private static final String UPSERT =
      """
      insert into person_copy (tenant, kind, id, name, email, active, version)
      select * from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[],
                           $6::boolean[], $7::bigint[])
      on conflict (tenant, kind, id) do update
        set name = excluded.name, email = excluded.email, active = excluded.active,
            version = excluded.version
        where excluded.version > person_copy.version
      """;

  PersonCopies() {}

  /** Takes over the records, which are all of people. */
  public Uni<Void> apply(Work work, Collection<CrmRecord> records) {
    Map<String, CrmRecord> newest = new TreeMap<>();
    for (CrmRecord record : records) {
      newest.merge(record.key(), record, (a, b) -> b.version() >= a.version() ? b : a);
    }
    if (newest.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    Collection<CrmRecord> rows = newest.values();
    Tuple values =
        Tuple.from(
            new Object[] {
              rows.stream().map(CrmRecord::tenant).toArray(String[]::new),
              rows.stream().map(r -> KINDS.get(r.type())).toArray(String[]::new),
              rows.stream().map(CrmRecord::id).toArray(String[]::new),
              rows.stream().map(CrmRecord::name).toArray(String[]::new),
              rows.stream().map(r -> r.deleted() ? null : r.email()).toArray(String[]::new),
              rows.stream().map(PersonCopies::isActive).toArray(Boolean[]::new),
              rows.stream().map(CrmRecord::version).toArray(Long[]::new)
            });
    return work.sql().preparedQuery(UPSERT).execute(values).replaceWithVoid();
  }

  private static boolean isActive(CrmRecord record) {
    return !record.gone()
        && !Boolean.FALSE.equals(record.active())
        && !Boolean.FALSE.equals(record.messaging());
  }
}
