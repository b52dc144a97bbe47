package dev.parley.message.copy;

import dev.parley.chassis.tx.Tx;
import dev.parley.chassis.tx.Work;
import dev.parley.contracts.Json;
import dev.parley.contracts.event.TenantSettings;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowIterator;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * What tenants' administrators have set, as conversation-service tells of it: the newest version of
 * each. A tenant that has set nothing has none here; then the configuration's defaults hold.
 */
@ApplicationScoped
public class SettingCopies {
  private static final String UPSERT =
      """
      insert into setting_copy as c (tenant, version, data) values ($1, $2, $3)
      on conflict (tenant) do update set version = excluded.version, data = excluded.data
      where excluded.version > c.version
      """;

  private static final String FIND = "select data from setting_copy where tenant = $1";

  private final Tx tx;

  SettingCopies(Tx tx) {
    this.tx = tx;
  }

  /** What one tenant has set, by key. */
  public record Own(Map<String, Object> values) {
    private static final String EDIT_WINDOW = "messages.editWindow";
    private static final String MAX_BYTES = "attachments.maxBytes";

    /** How long messages may be edited; empty for ever. */
    public Optional<Duration> editWindow() {
      return values.get(EDIT_WINDOW) instanceof String text && !text.equals("none")
          ? Optional.of(Duration.parse(text))
          : Optional.empty();
    }

    /** The largest file; empty where it was not told. */
    public Optional<Long> maxBytes() {
      return values.get(MAX_BYTES) instanceof Number number
          ? Optional.of(number.longValue())
          : Optional.empty();
    }
  }

  /** Takes over a version, unless a newer one is there. */
  public Uni<Void> upsert(Work work, String tenant, TenantSettings settings) {
    return work.sql()
        .preparedQuery(UPSERT)
        .execute(Tuple.of(tenant, settings.version(), Json.text(settings)))
        .replaceWithVoid();
  }

  /** What the tenant has set, if anything. */
  public Uni<Optional<Own>> of(String tenant) {
    return tx.read(FIND, Tuple.of(tenant)).map(SettingCopies::first);
  }

  private static Optional<Own> first(RowSet<Row> rows) {
    RowIterator<Row> all = rows.iterator();
    return all.hasNext()
        ? Optional.of(
            new Own(Json.read(all.next().getString("data"), TenantSettings.class).values()))
        : Optional.empty();
  }
}
