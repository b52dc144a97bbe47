package dev.parley.chassis.user;

import dev.parley.chassis.crm.CrmPositions;
import dev.parley.chassis.tx.Tx;
import dev.parley.chassis.tx.Work;
import dev.parley.contracts.event.CrmRecord;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.kafka.common.TopicPartition;

/**
 * Tables {@code user_copy} and {@code user_copy_position}. Every node writes what it reads, by
 * version, so they agree however far each is; what a batch has left in the table is what counts,
 * since the other topic may have brought a newer version.
 */
@ApplicationScoped
class UserCopies {
  private static final String UPSERT =
      """
      insert into user_copy
        (tenant, id, version, active, assigned_data_only, messaging, agency, name)
      select * from unnest($1::text[], $2::text[], $3::bigint[], $4::boolean[], $5::boolean[],
                           $6::boolean[], $7::boolean[], $8::text[])
      on conflict (tenant, id) do update
        set version = excluded.version, active = excluded.active,
            assigned_data_only = excluded.assigned_data_only, messaging = excluded.messaging,
            agency = excluded.agency, name = coalesce(excluded.name, user_copy.name)
        where excluded.version > user_copy.version
           or excluded.version = user_copy.version and user_copy.name is null
      """;
  private static final String COLUMNS =
      "select tenant, id, active, assigned_data_only, messaging, agency from user_copy ";
  private static final String THESE =
      COLUMNS + "where (tenant, id) in (select * from unnest($1::text[], $2::text[]))";
  private static final String REMARKABLE =
      COLUMNS + "where not active or assigned_data_only or not messaging or agency";

  private final Tx tx;
  private final CrmPositions positions;

  UserCopies(Tx tx) {
    this.tx = tx;
    this.positions = new CrmPositions(tx, "user_copy_position");
  }

  /** Takes the records over, with the place behind them; answers what the table has of them now. */
  Uni<Map<Users.Key, UserRecord>> apply(
      Collection<CrmRecord> records, Map<TopicPartition, Long> behind) {
    // Sorted, so that two nodes' batches lock in one order; one row per key, as an upsert demands.
    Map<String, CrmRecord> newest = new TreeMap<>();
    for (CrmRecord record : records) {
      newest.merge(record.key(), record, (a, b) -> b.version() >= a.version() ? b : a);
    }
    List<CrmRecord> rows = List.copyOf(newest.values());
    String[] tenants = column(rows, String.class, CrmRecord::tenant);
    String[] ids = column(rows, String.class, CrmRecord::id);
    return tx.ofAllTenants()
        .write(
            work ->
                upsert(work, rows, tenants, ids)
                    .chain(() -> positions.move(work, behind))
                    .chain(() -> work.sql().preparedQuery(THESE).execute(Tuple.of(tenants, ids)))
                    .map(UserCopies::records));
  }

  /** The users that are to be kept in mind. */
  Uni<Map<Users.Key, UserRecord>> remarkable() {
    return tx.ofAllTenants().read(REMARKABLE, Tuple.tuple()).map(UserCopies::records);
  }

  /** Where to go on reading; to be asked before {@link #remarkable()}. */
  CrmPositions positions() {
    return positions;
  }

  private static Uni<Void> upsert(Work work, List<CrmRecord> rows, String[] tenants, String[] ids) {
    List<UserRecord> says = rows.stream().map(UserRecord::of).toList();
    List<Object> values = new ArrayList<>(List.of(tenants, ids));
    values.add(column(rows, Long.class, CrmRecord::version));
    values.add(column(says, Boolean.class, UserRecord::active));
    values.add(column(says, Boolean.class, UserRecord::assignedDataOnly));
    values.add(column(says, Boolean.class, UserRecord::messaging));
    values.add(column(says, Boolean.class, UserRecord::agency));
    values.add(column(rows, String.class, CrmRecord::name));
    return work.sql().preparedQuery(UPSERT).execute(Tuple.from(values)).replaceWithVoid();
  }

  private static Map<Users.Key, UserRecord> records(Iterable<Row> rows) {
    Map<Users.Key, UserRecord> records = new java.util.HashMap<>();
    rows.forEach(
        row ->
            records.put(
                new Users.Key(row.getString(0), row.getString(1)),
                new UserRecord(
                    row.getBoolean(2), row.getBoolean(3), row.getBoolean(4), row.getBoolean(5))));
    return records;
  }

  @SuppressWarnings("unchecked")
  private static <R, T> T[] column(List<R> rows, Class<T> type, Function<R, T> value) {
    return rows.stream()
        .map(value)
        .toArray(size -> (T[]) java.lang.reflect.Array.newInstance(type, size));
  }
}
