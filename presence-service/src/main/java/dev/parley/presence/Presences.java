package dev.parley.presence;

import dev.parley.chassis.tx.Tx;
import dev.parley.chassis.tx.Work;
import dev.parley.contracts.Actor;
import dev.parley.contracts.Envelope;
import dev.parley.contracts.EventType;
import dev.parley.contracts.Topics;
import dev.parley.contracts.event.PresenceChanged;
import dev.parley.contracts.event.PresenceState;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The store of who is online, over all nodes.
 *
 * <p>A user's state follows from the rows of all living nodes: none is {@code offline}; else what
 * was set by hand; else {@code online} if any device is in use, {@code away} if none; a device that
 * has just come and not said so counts as in use unless its user is away. It is told when it
 * changes, in the transaction that changes it: notification-service must not miss that somebody has
 * gone. A change that comes within the quiet time (10 s) after another waits for its end and is
 * told if it is still one: nobody flaps.
 */
@ApplicationScoped
public class Presences {
  private static final String BEAT =
      """
      insert into node (id, beat_at) values ($1, clock_timestamp())
      on conflict (id) do update set beat_at = excluded.beat_at
      returning (xmax = 0) as fresh
      """;
  private static final String BURY =
      "delete from node where beat_at < clock_timestamp() - make_interval(secs => $1)";
  private static final String ORPHANS =
      """
      delete from presence_here h where not exists (select 1 from node n where n.id = h.node_id)
      returning h.tenant, h.user_id
      """;
  private static final String TOUCH =
      """
      insert into presence (tenant, user_id, state)
      select t, u, 'offline' from unnest($1::text[], $2::text[]) as n(t, u) order by t, u
      on conflict do nothing
      """;
  private static final String LOCK =
      """
      select 1 from presence p join unnest($1::text[], $2::text[]) as n(t, u)
        on p.tenant = n.t and p.user_id = n.u
      order by p.tenant, p.user_id for update of p
      """;
  private static final String HERE =
      """
      insert into presence_here (tenant, user_id, node_id, active)
      select n.t, n.u, $5, coalesce(n.a, s.state <> 'away')
      from unnest($1::text[], $2::text[], $3::boolean[], $4::boolean[]) as n(t, u, p, a)
      join presence s on s.tenant = n.t and s.user_id = n.u
      where n.p
      on conflict (tenant, user_id, node_id) do update set active = excluded.active
      """;
  private static final String GONE =
      """
      delete from presence_here h
      using unnest($1::text[], $2::text[], $3::boolean[]) as n(t, u, p)
      where not n.p and h.tenant = n.t and h.user_id = n.u and h.node_id = $4
      """;
  private static final String SEEN =
      """
      update presence p
      set last_active_at = case when n.a is null and p.state = 'away' then p.last_active_at
                                else greatest(p.last_active_at, n.at) end,
          manual = case when n.m is null then p.manual when n.m = 'auto' then null else n.m end
      from unnest($1::text[], $2::text[], $3::text[], $4::timestamptz[], $5::boolean[])
        as n(t, u, m, at, a)
      where p.tenant = n.t and p.user_id = n.u
      """;
  private static final String SETTLE =
      """
      with wanted as (
        select q.tenant, q.user_id,
               case when count(h.node_id) = 0 then 'offline'
                    when q.manual is not null then q.manual
                    when bool_or(h.active) then 'online'
                    else 'away' end as state,
               coalesce(q.told_at + make_interval(secs => $3), '-infinity') as soonest
        from unnest($1::text[], $2::text[]) as n(t, u)
        join presence q on q.tenant = n.t and q.user_id = n.u
        left join presence_here h on h.tenant = n.t and h.user_id = n.u
        group by q.tenant, q.user_id, q.manual, q.told_at)
      update presence p
      set state = case when w.soonest <= now() then w.state else p.state end,
          told_at = case when w.soonest <= now() then now() else p.told_at end,
          due_at = case when w.soonest <= now() then null else w.soonest end
      from wanted w
      where p.tenant = w.tenant and p.user_id = w.user_id and p.state <> w.state
      returning p.tenant, p.user_id, p.state, p.last_active_at, p.due_at is null as told
      """;
  private static final String DUE =
      """
      update presence p set due_at = null
      from (select tenant, user_id from presence where due_at <= now()
            order by tenant, user_id limit 500 for update skip locked) d
      where p.tenant = d.tenant and p.user_id = d.user_id
      returning p.tenant, p.user_id
      """;
  private static final String STATES =
      """
      select user_id, state, last_active_at from presence
      where tenant = $1 and user_id = any($2::text[])
      """;

  private final Tx tx;
  private final Clock clock;
  private final double quietSeconds;

  Presences(Tx tx, Clock clock, PresenceConfig config) {
    this.tx = tx;
    this.clock = clock;
    this.quietSeconds = (double) config.quiet().toMillis() / 1_000;
  }

  /** The states of these users of the tenant, in that order; who is not known is offline. */
  public Uni<List<PresenceChanged>> states(String tenant, List<String> userIds) {
    return tx.in(tenant)
        .read(STATES, Tuple.of(tenant, userIds.toArray(String[]::new)))
        .map(
            rows -> {
              Map<String, PresenceChanged> known = new HashMap<>();
              rows.forEach(row -> known.put(row.getString(0), state(row, 0)));
              return userIds.stream()
                  .map(
                      id ->
                          known.getOrDefault(
                              id, new PresenceChanged(id, PresenceState.OFFLINE, null)))
                  .toList();
            });
  }

  /**
   * Says that the node lives.
   *
   * @return whether it was not known (any more), so that it must tell anew who is here
   */
  Uni<Boolean> beat(UUID node) {
    return tx.change(BEAT, Tuple.of(node)).map(rows -> rows.iterator().next().getBoolean(0));
  }

  /** Takes out nodes that have not been heard of for so long, and tells who is gone by it. */
  Uni<Void> bury(Duration silence) {
    return tx.write(
        work ->
            work.sql()
                .preparedQuery(BURY)
                .execute(Tuple.of((double) silence.toMillis() / 1_000))
                .chain(() -> work.sql().preparedQuery(ORPHANS).execute())
                .map(
                    rows -> {
                      List<Here> users = new ArrayList<>();
                      rows.forEach(row -> users.add(gone(row)));
                      return users;
                    })
                .chain(users -> users.isEmpty() ? nothing() : settle(work, users)));
  }

  /** Tells what came too soon after another change, now that it is time. */
  Uni<Void> due() {
    return tx.write(
        work ->
            work.sql()
                .preparedQuery(DUE)
                .execute()
                .chain(
                    rows -> {
                      List<Row> due = new ArrayList<>();
                      rows.forEach(due::add);
                      return due.isEmpty()
                          ? nothing()
                          : tell(
                              work,
                              due.stream().map(row -> row.getString(0)).toArray(String[]::new),
                              due.stream().map(row -> row.getString(1)).toArray(String[]::new));
                    }));
  }

  /** Writes what a node knows of some users, and tells whose state has changed by it. */
  Uni<Void> write(UUID node, Collection<Here> changes) {
    List<Here> all = List.copyOf(changes);
    int n = all.size();
    String[] tenants = new String[n];
    String[] users = new String[n];
    Boolean[] present = new Boolean[n];
    Boolean[] active = new Boolean[n];
    String[] manual = new String[n];
    OffsetDateTime[] at = new OffsetDateTime[n];
    for (int i = 0; i < n; i++) {
      Here here = all.get(i);
      tenants[i] = here.tenant();
      users[i] = here.userId();
      present[i] = here.present();
      active[i] = here.active();
      manual[i] = here.manual();
      at[i] = here.seen() == null ? null : here.seen().atOffset(ZoneOffset.UTC);
    }
    return tx.write(
        work ->
            lock(work, tenants, users)
                .chain(() -> run(work, HERE, Arrays.asList(tenants, users, present, active, node)))
                .chain(() -> run(work, GONE, Arrays.asList(tenants, users, present, node)))
                .chain(() -> run(work, SEEN, Arrays.asList(tenants, users, manual, at, active)))
                .chain(() -> tell(work, tenants, users)));
  }

  private Uni<Void> settle(Work work, List<Here> changes) {
    String[] tenants = changes.stream().map(Here::tenant).toArray(String[]::new);
    String[] users = changes.stream().map(Here::userId).toArray(String[]::new);
    return lock(work, tenants, users).chain(() -> tell(work, tenants, users));
  }

  private Uni<Void> lock(Work work, String[] tenants, String[] users) {
    return run(work, TOUCH, Arrays.asList(tenants, users))
        .chain(() -> run(work, LOCK, Arrays.asList(tenants, users)));
  }

  private Uni<Void> tell(Work work, String[] tenants, String[] users) {
    return work.sql()
        .preparedQuery(SETTLE)
        .execute(Tuple.of(tenants, users, quietSeconds))
        .invoke(
            rows ->
                rows.forEach(
                    row -> {
                      if (row.getBoolean("told")) {
                        emit(work, row);
                      }
                    }))
        .replaceWithVoid();
  }

  private void emit(Work work, Row row) {
    PresenceChanged changed = state(row, 1);
    Actor actor = new Actor(changed.userId(), "user", null, null);
    work.emit(
        Topics.PRESENCE,
        changed.userId(),
        Envelope.of(
            EventType.PRESENCE_CHANGED, row.getString(0), null, actor, clock.instant(), changed));
  }

  private static PresenceChanged state(Row row, int from) {
    OffsetDateTime at = row.getOffsetDateTime(from + 2);
    return new PresenceChanged(
        row.getString(from),
        PresenceState.of(row.getString(from + 1)),
        at == null ? null : at.toInstant());
  }

  private Here gone(Row row) {
    return new Here(row.getString(0), row.getString(1), false, false, null, clock.instant());
  }

  private static Uni<Void> run(Work work, String sql, List<?> values) {
    return work.sql()
        .preparedQuery(sql)
        .execute(Tuple.from(new ArrayList<Object>(values)))
        .replaceWithVoid();
  }

  private static Uni<Void> nothing() {
    return Uni.createFrom().voidItem();
  }
}
