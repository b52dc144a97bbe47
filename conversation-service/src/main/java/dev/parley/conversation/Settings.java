package dev.parley.conversation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.chassis.tx.Tx;
import dev.parley.chassis.tx.Work;
import dev.parley.contracts.Json;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The store of tenants' settings. Reading is one look by primary key and never stale: a change
 * holds on every node from its commit on.
 */
@ApplicationScoped
public class Settings {
  private static final String FIND = "select version, data from tenant_settings where tenant = $1";

  private static final String BEGIN =
      """
      insert into tenant_settings (tenant, version, data) values ($1, 0, '{}') on conflict do nothing
      """;

  private static final String LOCK = FIND + " for update";

  private static final String UPDATE =
      "update tenant_settings set version = $2, data = $3 where tenant = $1";

  private final SettingDefaults defaults;

  private final Tx tx;

  Settings(SettingDefaults defaults, Tx tx) {
    this.defaults = defaults;
    this.tx = tx;
  }

  /** The tenant's settings as they are now. */
  public Uni<SettingValues> of(String tenant) {
    return of(tx::read, tenant);
  }

  /** The same inside a transaction. */
  public Uni<SettingValues> of(Query query, String tenant) {
    return query
        .first(FIND, Tuple.of(tenant), this::values)
        .map(found -> found.orElseGet(() -> new SettingValues(0, defaults.values())));
  }

  /** What the tenant has set itself, locked until the work's end. */
  public Uni<Own> lock(Work work, String tenant) {
    Query query = Query.in(work);
    return query
        .run(BEGIN, Tuple.of(tenant))
        .chain(() -> query.first(LOCK, Tuple.of(tenant), Settings::own))
        .map(found -> found.orElseThrow());
  }

  /** Stores them under the next version. */
  public Uni<SettingValues> update(Work work, String tenant, Own own) {
    return Query.in(work)
        .run(UPDATE, Tuple.of(tenant, own.version() + 1, Json.text(own.data())))
        .replaceWith(() -> values(own.version() + 1, own.data()));
  }

  /** With the defaults. */
  public SettingValues values(Own own) {
    return values(own.version(), own.data());
  }

  /** What a tenant has set itself, by key. */
  public record Own(long version, ObjectNode data) {}

  private static Own own(Row row) {
    return new Own(row.getLong("version"), Json.read(row.getString("data"), ObjectNode.class));
  }

  private SettingValues values(Row row) {
    return values(own(row));
  }

  private SettingValues values(long version, ObjectNode data) {
    Map<Setting, Object> values = new LinkedHashMap<>(defaults.values());
    for (Setting setting : Setting.values()) {
      JsonNode value = data.get(setting.key());
      if (value != null) {
        setting.form().take().apply(value).ifPresent(set -> values.put(setting, set));
      }
    }
    return new SettingValues(version, values);
  }
}
