package dev.parley.message;

import dev.parley.chassis.caller.Caller;
import dev.parley.chassis.tx.Tx;
import dev.parley.chassis.tx.Work;
import dev.parley.contracts.Actor;
import dev.parley.contracts.Envelope;
import dev.parley.contracts.EventType;
import dev.parley.contracts.Ids;
import dev.parley.contracts.Json;
import dev.parley.contracts.Topics;
import dev.parley.contracts.event.Message;
import dev.parley.contracts.event.ThreadFigures;
import dev.parley.contracts.event.ThreadUpdated;
import dev.parley.contracts.event.Visibility;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;

/**
 * Appends replies and keeps what their root shows of them (product.md §4, Threads).
 *
 * <p>The root's row keeps the figures twice: of all replies for staff, of the public ones for
 * clients; so a page of messages costs nothing more for them. They change under the head's lock, in
 * the transaction of the reply, or of its deletion.
 */
@ApplicationScoped
public class Replies {
  /** How many participants are named. */
  private static final int NAMED = 50;

  /** An id alone names nobody: a user and a client may have the same. */
  private static final String REPLIED_BEFORE =
      """
      select from message r
      where r.tenant = $1 and r.thread_root = $2 and r.author_kind = $8 and r.author_id = $5
        and r.seq < $4 and r.deleted_at is null
      """;

  private static final String REPLIED =
      """
      update message set rev = $3,
        client_rev = case when $7 then null else coalesce(client_rev, rev) end,
        thread_count = coalesce(thread_count, 0) + 1, thread_seq = $4, thread_at = $6,
        thread_people = case
          when cardinality(thread_people) >= %1$d
            or $5 = any(thread_people) and exists (%2$s) then thread_people
          else coalesce(thread_people, '{}') || $5 end,
        client_thread_count = case when $7 then coalesce(client_thread_count, 0) + 1
          else client_thread_count end,
        client_thread_seq = case when $7 then $4 else client_thread_seq end,
        client_thread_at = case when $7 then $6 else client_thread_at end,
        client_thread_people = case
          when not $7 or cardinality(client_thread_people) >= %1$d
            or $5 = any(client_thread_people)
              and exists (%2$s and r.visibility = 'all') then client_thread_people
          else coalesce(client_thread_people, '{}') || $5 end
      where tenant = $1 and id = $2
      returning *
      """
          .formatted(NAMED, REPLIED_BEFORE);

  private static final String RECOUNT =
      """
      with reply as (
        select author_kind, author_id, seq, at, visibility from message
        where tenant = $1 and thread_root = $2 and id <> $4 and deleted_at is null
      )
      update message set rev = $3,
        client_rev = case when $5 then null else coalesce(client_rev, rev) end,
        thread_count = (select count(*) from reply),
        thread_seq = (select max(seq) from reply),
        thread_at = (select max(at) from reply),
        thread_people = array(select author_id from reply
          group by author_kind, author_id order by min(seq) limit %1$d),
        client_thread_count = (select count(*) from reply where visibility = 'all'),
        client_thread_seq = (select max(seq) from reply where visibility = 'all'),
        client_thread_at = (select max(at) from reply where visibility = 'all'),
        client_thread_people = array(select author_id from reply where visibility = 'all'
          group by author_kind, author_id order by min(seq) limit %1$d)
      where tenant = $1 and id = $2
      returning *
      """
          .formatted(NAMED);

  private final Tx tx;
  private final Timelines timelines;
  private final Appending appending;
  private final Followers followers;

  Replies(Tx tx, Timelines timelines, Appending appending, Followers followers) {
    this.tx = tx;
    this.timelines = timelines;
    this.appending = appending;
    this.followers = followers;
  }

  /**
   * Appends a reply, as {@link Appending#append}. Its author and whom it mentions follow the thread
   * then, with the first one also who began it; the root shows it, at the log's next place.
   */
  public Uni<Appending.Placed> append(Caller caller, Draft draft) {
    return tx.write(work -> append(work, caller, draft));
  }

  /** The same in a transaction that is under way. */
  public Uni<Appending.Placed> append(Work work, Caller caller, Draft draft) {
    return appending
        .append(work, caller, draft)
        .call(
            placed ->
                placed == null
                    ? Uni.createFrom().voidItem()
                    : replied(work, caller, draft, placed.seq()));
  }

  private Uni<Void> replied(Work work, Caller caller, Draft draft, long seq) {
    Message reply = draft.message();
    UUID root = reply.threadRoot();
    boolean toClients = reply.visibility() == Visibility.ALL;
    return timelines
        .place(work, caller.tenant(), reply.conversationId(), root, toClients)
        .flatMap(
            place ->
                work.sql()
                    .preparedQuery(REPLIED)
                    .execute(
                        Tuple.tuple()
                            .addString(caller.tenant())
                            .addUUID(root)
                            .addLong(place.orElseThrow().rev())
                            .addLong(seq)
                            .addString(reply.authorId())
                            .addOffsetDateTime(reply.at().atOffset(ZoneOffset.UTC))
                            .addBoolean(toClients)
                            .addString(reply.authorKind().wire()))
                    .call(
                        rows -> followers.replied(work, caller, draft, seq, rows.iterator().next()))
                    .invoke(
                        rows ->
                            tell(
                                work,
                                rows.iterator().next(),
                                place.get(),
                                reply.visibility(),
                                caller.actor(),
                                reply.at())))
        .replaceWithVoid();
  }

  /** A reply is about to be deleted: its root does not show it any more. */
  public Uni<Void> withdrawn(Revisions.Held held) {
    Message reply = held.message();
    String tenant = held.caller().tenant();
    boolean toClients = reply.visibility() == Visibility.ALL;
    return timelines
        .place(held.work(), tenant, reply.conversationId(), reply.threadRoot(), toClients)
        .flatMap(
            place ->
                held.work()
                    .sql()
                    .preparedQuery(RECOUNT)
                    .execute(
                        Tuple.of(
                            tenant,
                            reply.threadRoot(),
                            place.orElseThrow().rev(),
                            reply.id(),
                            toClients))
                    .invoke(
                        rows ->
                            tell(
                                held.work(),
                                rows.iterator().next(),
                                place.get(),
                                reply.visibility(),
                                held.caller().actor(),
                                held.now())))
        .replaceWithVoid();
  }

  private static void tell(
      Work work, Row root, Timelines.Place place, Visibility changed, Actor actor, Instant at) {
    ThreadFigures all = figures(root, "");
    boolean toClients = place.type().isCustomer() && changed == Visibility.ALL;
    UUID conversation = root.getUUID("conversation_id");
    work.emit(
        Topics.TIMELINE,
        conversation.toString(),
        new Envelope(
            Ids.next(),
            EventType.THREAD_UPDATED,
            1,
            root.getString("tenant"),
            conversation,
            root.getLong("seq"),
            null,
            place.rev(),
            place.type(),
            actor,
            at,
            null,
            Json.mapper()
                .valueToTree(
                    new ThreadUpdated(
                        root.getUUID("id"),
                        all.count(),
                        all.lastSeq(),
                        all.participants(),
                        toClients ? figures(root, "client_") : null))));
  }

  /** The figures of a message's row; {@code client_} for those that clients have. */
  static ThreadFigures figures(Row row, String prefix) {
    Long count = row.getLong(prefix + "thread_count");
    String[] people = row.getArrayOfStrings(prefix + "thread_people");
    return new ThreadFigures(
        count == null ? 0 : count,
        row.getLong(prefix + "thread_seq"),
        people == null ? List.of() : List.of(people));
  }
}
