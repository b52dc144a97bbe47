package dev.parley.conversation.records;

import dev.parley.chassis.tx.Work;
import dev.parley.contracts.Actor;
import dev.parley.contracts.Envelope;
import dev.parley.contracts.EventType;
import dev.parley.contracts.Recipient;
import dev.parley.contracts.event.CrmRecord;
import dev.parley.contracts.event.UserUpdated;
import dev.parley.conversation.PersonalLog;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Tells every user of a tenant when somebody is called or shown otherwise, or is deactivated or
 * active again ({@code user.updated}). Of users whom the CRM tells of for the first time nothing is
 * told: nobody shows them yet, and the first load of a CRM would be a storm.
 */
@ApplicationScoped
public class TellUsers {
  private static final String USER = "user";
  private static final String KNOWN =
      """
      select tenant, id, name, active, version, data::jsonb ->> 'avatarUrl' as avatar_url
      from record_copy
      where type = 'user' and (tenant, id) in (select * from unnest($1::text[], $2::text[]))
      """;

  private final Clock clock;

  TellUsers(Clock clock) {
    this.clock = clock;
  }

  /** How those of the records that are users are shown now; no query where none is. */
  public Uni<Map<String, UserUpdated>> known(Work work, Collection<CrmRecord> told) {
    List<CrmRecord> users = told.stream().filter(one -> USER.equals(one.type())).toList();
    if (users.isEmpty()) {
      return Uni.createFrom().item(Map.of());
    }
    Tuple these =
        Tuple.of(
            users.stream().map(CrmRecord::tenant).toArray(String[]::new),
            users.stream().map(CrmRecord::id).toArray(String[]::new));
    return work.sql()
        .preparedQuery(KNOWN)
        .execute(these)
        .map(
            rows -> {
              Map<String, UserUpdated> known = new HashMap<>();
              for (Row row : rows) {
                UserUpdated shown = shown(row);
                known.put(row.getString("tenant") + "/" + USER + "/" + shown.id(), shown);
              }
              return known;
            });
  }

  /**
   * Tells of those who are shown otherwise than before.
   *
   * @param changed keys of the records that were newer than what was known
   */
  public void changed(
      Work work,
      Map<String, UserUpdated> known,
      Collection<CrmRecord> told,
      Collection<String> changed) {
    Set<String> keys = new HashSet<>(changed);
    Map<String, CrmRecord> newest = new HashMap<>();
    told.stream()
        .filter(one -> keys.contains(one.key()) && known.containsKey(one.key()))
        .forEach(r -> newest.merge(r.key(), r, (a, b) -> b.version() > a.version() ? b : a));
    newest.forEach(
        (key, record) -> {
          UserUpdated before = known.get(key);
          UserUpdated now = shown(record, before);
          if (before.active() != now.active()
              || !Objects.equals(before.name(), now.name())
              || !Objects.equals(before.avatarUrl(), now.avatarUrl())) {
            tell(work, record.tenant(), now);
          }
        });
  }

  private void tell(Work work, String tenant, UserUpdated now) {
    Envelope event =
        Envelope.of(EventType.USER_UPDATED, tenant, null, Actor.SYSTEM, clock.instant(), now);
    PersonalLog.emit(work, now.id(), event, List.of(Recipient.EVERY_USER));
  }

  private static UserUpdated shown(Row row) {
    return new UserUpdated(
        row.getString("id"),
        row.getString("name"),
        row.getString("avatar_url"),
        row.getBoolean("active"),
        row.getLong("version"));
  }

  /** Who was deleted keeps name and picture: what they wrote stays. */
  private static UserUpdated shown(CrmRecord record, UserUpdated before) {
    boolean gone = record.gone();
    return new UserUpdated(
        record.id(),
        gone ? before.name() : record.name(),
        gone ? before.avatarUrl() : record.avatarUrl(),
        !gone && !Boolean.FALSE.equals(record.active()),
        record.version());
  }
}
