package dev.parley.chassis.app;

import dev.parley.chassis.tx.Tx;
import dev.parley.chassis.tx.Work;
import dev.parley.contracts.Actor;
import dev.parley.contracts.Envelope;
import dev.parley.contracts.Ids;
import dev.parley.contracts.Topics;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** Writes as services do: lock, change, emit. */
@ApplicationScoped
public class Things {
  private static final String NEXT =
      """
      insert into head (key, n) values ($1, 1)
      on conflict (key) do update set n = head.n + 1 returning n
      """;

  private final Tx tx;
  private final Clock clock;

  Things(Tx tx, Clock clock) {
    this.tx = tx;
    this.clock = clock;
  }

  /** The next event of the key, numbered under the lock of its row; answers the number. */
  public Uni<Long> next(String tenant, String key, Object more) {
    return tx.write(work -> next(work, tenant, key, more));
  }

  /** As {@link #next(String, String, Object)}, in a transaction under way. */
  public Uni<Long> next(Work work, String tenant, String key, Object more) {
    return work.sql()
        .preparedQuery(NEXT)
        .execute(Tuple.of(tenant + key))
        .map(rows -> rows.iterator().next().getLong(0))
        .invoke(n -> work.emit(Topics.TIMELINE, tenant + key, event(tenant, key, n, more)));
  }

  /** The last number of each of the tenant's keys. */
  public Uni<Map<String, Long>> numbers(String tenant) {
    return tx.read("select key, n from head where starts_with(key, $1)", Tuple.of(tenant))
        .map(
            rows -> {
              Map<String, Long> numbers = new TreeMap<>();
              rows.forEach(
                  row -> numbers.put(row.getString(0).substring(tenant.length()), row.getLong(1)));
              return numbers;
            });
  }

  public Uni<Thing> create(Work work, String tenant, String name) {
    Thing thing = new Thing(Ids.next(), name);
    return work.sql()
        .preparedQuery("insert into thing (id, tenant, name) values ($1, $2, $3)")
        .execute(Tuple.of(thing.id(), tenant, name))
        .replaceWith(thing);
  }

  /** All names that the database shows: no tenant is asked for. */
  public Uni<List<String>> names() {
    return tx.read("select name from thing", Tuple.tuple())
        .map(
            rows -> {
              List<String> names = new ArrayList<>();
              rows.forEach(row -> names.add(row.getString(0)));
              return names;
            });
  }

  public Uni<Integer> count(String table, String tenant) {
    return tx.read("select count(*)::int from " + table + " where tenant = $1", Tuple.of(tenant))
        .map(rows -> rows.iterator().next().getInteger(0));
  }

  private Envelope event(String tenant, String key, long n, Object more) {
    return Envelope.of(
        "probe.written",
        tenant,
        Ids.named(Instant.EPOCH, "probe", key),
        Actor.SYSTEM,
        clock.instant(),
        Map.of("key", key, "n", n, "more", more));
  }

  /** Something created. */
  public record Thing(UUID id, String name) {}
}
