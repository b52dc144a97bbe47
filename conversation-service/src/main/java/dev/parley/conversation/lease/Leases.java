package dev.parley.conversation.lease;

import dev.parley.chassis.tx.Work;
import dev.parley.contracts.event.Lease;
import dev.parley.contracts.event.Person;
import dev.parley.conversation.Query;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The store of leases. The database's clock alone says which have run out. */
@ApplicationScoped
class Leases {
  private static final String TAKE =
      """
      insert into lease as l (tenant, conversation_id, resource, holder_id, holder_name, session_id,
                              expires_at)
      values ($1, $2, $3, $4, $5, $6,
              date_trunc('milliseconds', clock_timestamp()) + interval '30 seconds')
      on conflict (conversation_id, resource) do update
      set holder_id = excluded.holder_id, holder_name = excluded.holder_name,
          session_id = excluded.session_id, expires_at = excluded.expires_at
      where l.holder_id = excluded.holder_id or l.expires_at <= clock_timestamp()
      returning resource, holder_id, holder_name, expires_at
      """;

  private static final String LIVE =
      """
      select resource, holder_id, holder_name, expires_at from lease
      where tenant = $1 and conversation_id = $2 and expires_at > clock_timestamp()
      order by resource
      """;

  private static final String GIVE_UP =
      """
      delete from lease
      where tenant = $1 and conversation_id = $2 and resource = $3 and holder_id = $4
      returning resource, holder_id, holder_name, expires_at,
                expires_at > clock_timestamp() as live
      """;

  private static final String LOCK_OF_SESSIONS =
      """
      select c.id from conversation c
      where c.id in (
        select l.conversation_id from lease l
        join unnest($1::text[], $2::text[], $3::text[]) s(tenant, holder, session)
          on l.tenant = s.tenant and l.session_id = s.session and l.holder_id = s.holder)
      order by c.id for no key update of c
      """;

  private static final String END_SESSIONS =
      """
      delete from lease l using unnest($1::text[], $2::text[], $3::text[]) s(tenant, holder, session)
      where l.tenant = s.tenant and l.session_id = s.session and l.holder_id = s.holder
      returning l.tenant, l.conversation_id, l.resource, l.holder_id, l.holder_name, l.expires_at,
                l.expires_at > clock_timestamp() as live
      """;

  Leases() {}

  /** Somebody's socket that has closed. */
  record Session(String tenant, String holder, String id) {}

  /** A lease that has been given up before it ran out. */
  record Ended(String tenant, UUID conversation, Lease lease) {}

  /**
   * Takes or renews it, unless somebody else has it.
   *
   * @return empty when somebody else has it
   */
  Uni<Optional<Lease>> take(
      Work work, String tenant, UUID conversation, String resource, Person holder, String session) {
    return Query.in(work)
        .first(
            TAKE,
            Tuple.of(tenant, conversation, resource, holder.id(), holder.name(), session),
            Leases::lease);
  }

  /** Those that have not run out. */
  Uni<List<Lease>> live(Query query, String tenant, UUID conversation) {
    return query.list(LIVE, Tuple.of(tenant, conversation), Leases::lease);
  }

  /** Ends the holder's; empty when there was none, or it had run out. */
  Uni<Optional<Lease>> giveUp(
      Work work, String tenant, UUID conversation, String resource, String holder) {
    return Query.in(work)
        .first(
            GIVE_UP,
            Tuple.of(tenant, conversation, resource, holder),
            row -> row.getBoolean("live") ? Optional.of(lease(row)) : Optional.<Lease>empty())
        .map(found -> found.flatMap(one -> one));
  }

  /** Ends those of the sessions, under the locks of their conversations. */
  Uni<List<Ended>> end(Work work, Collection<Session> sessions) {
    Tuple keys =
        Tuple.of(
            sessions.stream().map(Session::tenant).toArray(String[]::new),
            sessions.stream().map(Session::holder).toArray(String[]::new),
            sessions.stream().map(Session::id).toArray(String[]::new));
    Query query = Query.in(work);
    return query
        .run(LOCK_OF_SESSIONS, keys)
        .flatMap(
            held ->
                held.size() == 0
                    ? Uni.createFrom().item(List.<Optional<Ended>>of())
                    : query.list(END_SESSIONS, keys, Leases::ended))
        .map(all -> all.stream().flatMap(Optional::stream).toList());
  }

  private static Optional<Ended> ended(Row row) {
    return row.getBoolean("live")
        ? Optional.of(
            new Ended(row.getString("tenant"), row.getUUID("conversation_id"), lease(row)))
        : Optional.empty();
  }

  private static Lease lease(Row row) {
    return new Lease(
        row.getString("resource"),
        new Person(row.getString("holder_id"), row.getString("holder_name")),
        row.getOffsetDateTime("expires_at").toInstant());
  }
}
