package dev.parley.chassis.user;

import dev.parley.chassis.caller.Caller;
import dev.parley.chassis.tx.Tx;
import dev.parley.chassis.tx.Work;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What users are called, by the CRM's records; who was deleted keeps the last name. Nobody is
 * waited for: a user whom this service has not heard of is absent.
 */
@ApplicationScoped
public class UserNames {
  private static final String THESE =
      """
      select tenant, id, name from user_copy
      where (tenant, id) in (select * from unnest($1::text[], $2::text[])) and name is not null
      """;

  private static final int AT_MOST = 20_000;
  private static final long FOR_MS = 60_000;

  private final Tx tx;
  private final Clock clock;
  private final Map<Users.Key, Remembered> remembered = new ConcurrentHashMap<>();

  UserNames(Tx tx, Clock clock) {
    this.tx = tx;
    this.clock = clock;
  }

  /**
   * @param name null where the CRM has told none
   */
  private record Remembered(String name, long until) {}

  /**
   * The same caller, called as the CRM says, or as the token where the CRM has told no name.
   * Remembered for a minute, or until the CRM tells of them.
   */
  public Uni<Caller> called(Caller caller) {
    Users.Key key = new Users.Key(caller.tenant(), caller.id());
    Remembered known = remembered.get(key);
    if (known != null && known.until > clock.millis()) {
      return Uni.createFrom().item(named(caller, known.name));
    }
    return of(caller.tenant(), List.of(caller.id()))
        .map(names -> new Remembered(names.get(caller.id()), clock.millis() + FOR_MS))
        .invoke(found -> remember(key, found))
        .map(found -> named(caller, found.name));
  }

  private static Caller named(Caller caller, String name) {
    return name == null ? caller : caller.named(name);
  }

  private void remember(Users.Key key, Remembered found) {
    if (remembered.size() >= AT_MOST) {
      remembered.clear();
    }
    remembered.put(key, found);
  }

  /** The CRM has told of that user, and the table has it. */
  void changed(String tenant, String id) {
    remembered.remove(new Users.Key(tenant, id));
  }

  /** The names of the tenant's users, by id; no query for nobody. */
  public Uni<Map<String, String>> of(String tenant, Collection<String> ids) {
    if (ids.isEmpty()) {
      return Uni.createFrom().item(Map.of());
    }
    return tx.read(THESE, these(Map.of(tenant, ids)))
        .map(rows -> names(rows).getOrDefault(tenant, Map.of()));
  }

  /** The same for users of several tenants, within the work: names by tenant and id. */
  public Uni<Map<String, Map<String, String>>> of(
      Work work, Map<String, ? extends Collection<String>> ids) {
    if (ids.values().stream().allMatch(Collection::isEmpty)) {
      return Uni.createFrom().item(Map.of());
    }
    return work.sql().preparedQuery(THESE).execute(these(ids)).map(UserNames::names);
  }

  private static Tuple these(Map<String, ? extends Collection<String>> ids) {
    List<String> tenants = new ArrayList<>();
    List<String> users = new ArrayList<>();
    ids.forEach(
        (tenant, some) ->
            some.forEach(
                id -> {
                  tenants.add(tenant);
                  users.add(id);
                }));
    return Tuple.of(tenants.toArray(String[]::new), users.toArray(String[]::new));
  }

  private static Map<String, Map<String, String>> names(RowSet<Row> rows) {
    Map<String, Map<String, String>> names = new HashMap<>();
    for (Row row : rows) {
      names
          .computeIfAbsent(row.getString("tenant"), tenant -> new HashMap<>())
          .put(row.getString("id"), row.getString("name"));
    }
    return names;
  }
}
