package dev.parley.notification.copy;

import dev.parley.chassis.tx.Work;
import dev.parley.contracts.Envelope;
import dev.parley.contracts.event.PresenceChanged;
import dev.parley.contracts.event.PresenceState;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Table {@code presence_copy}: each person's state and the last moment there. Best effort, as
 * presence is: a lost event is corrected by the next one.
 */
@ApplicationScoped
public class PresenceCopies {
  private static final String UPSERT =
      """
      insert into presence_copy (tenant, kind, id, state, changed_at, online_until)
      select tenant, kind, id, state, changed_at, online_until
      from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::timestamptz[],
                  $6::timestamptz[]) as n(tenant, kind, id, state, changed_at, online_until)
      on conflict (tenant, kind, id) do update
        set state = excluded.state, changed_at = excluded.changed_at,
            online_until = greatest(
              presence_copy.online_until, excluded.online_until,
              case when presence_copy.state in ('online', 'dnd') then excluded.changed_at end)
        where excluded.changed_at >= presence_copy.changed_at
      """;

  PresenceCopies() {}

  /** Takes over the events ({@code presence.changed}). */
  public Uni<Void> apply(Work work, Collection<Envelope> events) {
    Map<String, List<Envelope>> byPerson = new TreeMap<>();
    for (Envelope event : events) {
      byPerson.computeIfAbsent(key(event), k -> new ArrayList<>()).add(event);
    }
    if (byPerson.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    List<Change> changes = byPerson.values().stream().map(PresenceCopies::change).toList();
    Tuple values =
        Tuple.of(
            changes.stream().map(Change::tenant).toArray(String[]::new),
            changes.stream().map(Change::kind).toArray(String[]::new),
            changes.stream().map(Change::id).toArray(String[]::new),
            changes.stream().map(change -> change.state().wire()).toArray(String[]::new),
            changes.stream().map(change -> utc(change.at())).toArray(OffsetDateTime[]::new),
            changes.stream()
                .map(change -> utc(change.onlineUntil()))
                .toArray(OffsetDateTime[]::new));
    return work.sql().preparedQuery(UPSERT).execute(values).replaceWithVoid();
  }

  /** What several events of one person come to. */
  private static Change change(List<Envelope> events) {
    events.sort(Comparator.comparing(Envelope::at));
    Instant onlineUntil = null;
    PresenceState state = null;
    for (Envelope event : events) {
      if (isThere(state)) {
        onlineUntil = event.at();
      }
      state = event.data(PresenceChanged.class).state();
    }
    Envelope last = events.get(events.size() - 1);
    String id = last.data(PresenceChanged.class).userId();
    return new Change(last.tenant(), kind(last), id, state, last.at(), onlineUntil);
  }

  /** Who does not want to be disturbed is there all the same, and wants mail least of all. */
  private static boolean isThere(PresenceState state) {
    return state == PresenceState.ONLINE || state == PresenceState.DND;
  }

  private static String key(Envelope event) {
    return event.tenant() + "\n" + kind(event) + "\n" + event.data(PresenceChanged.class).userId();
  }

  private static String kind(Envelope event) {
    return event.actor() != null && "client".equals(event.actor().kind()) ? "client" : "user";
  }

  private static OffsetDateTime utc(Instant at) {
    return at == null ? null : at.atOffset(ZoneOffset.UTC);
  }

  private record Change(
      String tenant,
      String kind,
      String id,
      PresenceState state,
      Instant at,
      Instant onlineUntil) {}
}
