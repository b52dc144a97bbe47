package dev.parley.notification.preference;

import dev.parley.chassis.caller.Caller;
import dev.parley.chassis.problem.Problem;
import dev.parley.chassis.tx.Tx;
import dev.parley.contracts.event.ConversationType;
import dev.parley.contracts.event.Level;
import dev.parley.notification.EmailMode;
import dev.parley.notification.EmailRule;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Tables {@code preference} and {@code preference_level}: the choices, and the level that follows
 * for each type. They bind at once, for mails that already wait too.
 */
@ApplicationScoped
class Preferences {
  private static final String OF =
      """
      select default_level, by_type, email, sound from preference
      where tenant = $1 and kind = $2 and person = $3
      """;
  private static final String PUT =
      """
      insert into preference
        (tenant, kind, person, default_level, by_type, email, sound, changed_at)
      values ($1, $2, $3, $4, $5, $6, $7, $8)
      on conflict (tenant, kind, person) do update
        set default_level = excluded.default_level, by_type = excluded.by_type,
            email = excluded.email, sound = excluded.sound, changed_at = excluded.changed_at
      """;
  private static final String PUT_LEVELS =
      """
      insert into preference_level (tenant, kind, person, type, level)
      select $1, $2, $3, type, level from unnest($4::text[], $5::text[]) as n(type, level)
      on conflict (tenant, kind, person, type) do update set level = excluded.level
      """;

  private final Tx tx;
  private final Clock clock;
  private final EmailRule rule;

  Preferences(Tx tx, Clock clock, EmailRule rule) {
    this.tx = tx;
    this.clock = clock;
    this.rule = rule;
  }

  /** The caller's choices; the defaults, spelled out, for who made none. */
  Uni<PreferencesView> of(Caller caller) {
    return tx.read(OF, Tuple.of(caller.tenant(), caller.kind(), caller.id()))
        .map(rows -> rows.size() == 0 ? defaults() : view(rows.iterator().next()));
  }

  /**
   * Replaces the caller's choices.
   *
   * @throws Problem 400 naming a type of conversation that there is none of
   */
  Uni<PreferencesView> put(Caller caller, PreferencesView request) {
    PreferencesView chosen = complete(request);
    List<String> types = new ArrayList<>();
    List<String> levels = new ArrayList<>();
    for (ConversationType type : ConversationType.values()) {
      types.add(type.wire());
      levels.add(chosen.byType().getOrDefault(type.wire(), chosen.standard()).wire());
    }
    JsonObject byType = new JsonObject();
    chosen.byType().forEach((type, level) -> byType.put(type, level.wire()));
    Tuple values =
        Tuple.from(
            new Object[] {
              caller.tenant(),
              caller.kind(),
              caller.id(),
              chosen.standard().wire(),
              byType,
              chosen.email().wire(),
              chosen.sound(),
              clock.instant().atOffset(ZoneOffset.UTC)
            });
    Tuple levelValues =
        Tuple.of(
            caller.tenant(),
            caller.kind(),
            caller.id(),
            types.toArray(String[]::new),
            levels.toArray(String[]::new));
    return tx.write(
            work ->
                work.sql()
                    .preparedQuery(PUT)
                    .execute(values)
                    .chain(() -> work.sql().preparedQuery(PUT_LEVELS).execute(levelValues)))
        .replaceWith(chosen);
  }

  private PreferencesView complete(PreferencesView request) {
    PreferencesView defaults = defaults();
    Map<String, Level> byType = new TreeMap<>();
    if (request.byType() != null) {
      request.byType().forEach((type, level) -> byType.put(known(type, level), level));
    } else if (request.standard() == null) {
      byType.putAll(defaults.byType());
    }
    return new PreferencesView(
        request.standard() == null ? defaults.standard() : request.standard(),
        byType,
        request.email() == null ? defaults.email() : request.email(),
        request.sound() == null ? defaults.sound() : request.sound());
  }

  private PreferencesView defaults() {
    Map<String, Level> byType = new TreeMap<>();
    for (ConversationType type : ConversationType.values()) {
      if (rule.defaultLevel(type) != Level.ALL) {
        byType.put(type.wire(), rule.defaultLevel(type));
      }
    }
    return new PreferencesView(Level.ALL, byType, EmailMode.DEFAULT, true);
  }

  private static String known(String type, Level level) {
    String field = "byType." + type;
    if (Arrays.stream(ConversationType.values()).noneMatch(t -> t.wire().equals(type))) {
      throw Problem.invalid(field, "is no type of conversation");
    }
    if (level == null) {
      throw Problem.invalid(field, "must be a level");
    }
    return type;
  }

  private static PreferencesView view(Row row) {
    Map<String, Level> byType = new TreeMap<>();
    row.getJsonObject("by_type")
        .forEach(entry -> byType.put(entry.getKey(), Level.of((String) entry.getValue())));
    return new PreferencesView(
        Level.of(row.getString("default_level")),
        byType,
        EmailMode.of(row.getString("email")),
        row.getBoolean("sound"));
  }
}
