package dev.parley.message.send.broadcast;

import dev.parley.chassis.caller.Caller;
import dev.parley.chassis.tx.Tx;
import dev.parley.chassis.tx.Work;
import dev.parley.contracts.Envelope;
import dev.parley.contracts.EventType;
import dev.parley.contracts.Recipient;
import dev.parley.contracts.event.Broadcast;
import dev.parley.contracts.event.BroadcastState;
import dev.parley.message.PersonalLog;
import dev.parley.message.send.KeptAuthor;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Table {@code broadcast}. An author's own alone can be seen; their devices are told of the
 * beginning, of the end, and once a second of what goes on in between.
 */
@ApplicationScoped
class Broadcasts {
  private static final String QUOTA = "select pg_advisory_xact_lock(hashtextextended($1, 0))";
  private static final String RUNNING =
      """
      select count(*) as running from broadcast
      where tenant = $1 and author_id = $2 and state = 'running'
      """;
  private static final String INSERT =
      """
      insert into broadcast (tenant, id, author_id, author, body, attachments, state, total, sent,
        failed, version, created_at, told_at, told_version, ended_at)
      values ($1, $2, $3, $4, $5, $6, $7, $8, 0, 0, 1, $9, $9, 1, $10)
      returning *
      """;
  private static final String OWN = "select * from broadcast where tenant = $1 and author_id = $2 ";
  private static final String FIND = OWN + "and id = $3";
  private static final String PAGE =
      OWN + "and (created_at, id) < ($3, $4) order by created_at desc, id desc limit $5";
  private static final String CANCEL =
      """
      update broadcast
      set state = 'cancelled', ended_at = $4, version = version + 1
      where tenant = $1 and author_id = $2 and id = $3 and state = 'running'
      returning *
      """;
  private static final String COUNT =
      """
      update broadcast
      set sent = sent + $3, failed = failed + $4, version = version + 1,
        state = case when sent + failed + $3 + $4 >= total then 'done' else state end,
        ended_at = case when sent + failed + $3 + $4 >= total then $5::timestamptz end
      where tenant = $1 and id = $2 and state = 'running'
      returning *
      """;
  private static final String TELL =
      """
      update broadcast b set told_at = $1, told_version = b.version
      from (select tenant, id from broadcast
            where state = 'running' and told_version < version
              and told_at <= $1::timestamptz - interval '1 second'
            order by told_at limit $2 for update skip locked) d
      where b.tenant = d.tenant and b.id = d.id
      returning b.*
      """;
  private static final String ENDED =
      """
      select tenant, id from broadcast where ended_at < $1
      order by ended_at limit 1 for update skip locked
      """;
  private static final String DELETE = "delete from broadcast where tenant = $1 and id = $2";

  private static final int AT_ONCE = 50;

  private final Tx tx;

  Broadcasts(Tx tx) {
    this.tx = tx;
  }

  /** Which one, of which tenant. */
  record Key(String tenant, UUID id) {}

  /** How many of the caller's are under way; nobody else begins one of theirs until the commit. */
  Uni<Long> running(Work work, Caller caller) {
    String name = "broadcasts\n" + caller.tenant() + "\n" + caller.id();
    return work.sql()
        .preparedQuery(QUOTA)
        .execute(Tuple.of(name))
        .chain(
            () -> work.sql().preparedQuery(RUNNING).execute(Tuple.of(caller.tenant(), caller.id())))
        .map(rows -> rows.iterator().next().getLong("running"));
  }

  /** Begins one with that many recipients; without any it has ended. */
  Uni<Broadcast> insert(
      Work work, Caller author, UUID id, BroadcastRequest request, long total, Instant now) {
    BroadcastState state = total == 0 ? BroadcastState.DONE : BroadcastState.RUNNING;
    return work.sql()
        .preparedQuery(INSERT)
        .execute(
            Tuple.tuple()
                .addString(author.tenant())
                .addUUID(id)
                .addString(author.id())
                .addString(KeptAuthor.of(author))
                .addString(request.body())
                .addArrayOfUUID(request.attachments().toArray(UUID[]::new))
                .addString(state.wire())
                .addLong(total)
                .addOffsetDateTime(utc(now))
                .addOffsetDateTime(total == 0 ? utc(now) : null))
        .map(rows -> told(work, rows.iterator().next(), now));
  }

  Uni<Optional<Broadcast>> find(Caller caller, UUID id) {
    return tx.read(FIND, Tuple.of(caller.tenant(), caller.id(), id)).map(Broadcasts::first);
  }

  /** The caller's own, newest first, that are older than that place. */
  Uni<List<Broadcast>> page(Caller caller, Instant beforeTime, UUID beforeId, int limit) {
    return tx.read(PAGE, Tuple.of(caller.tenant(), caller.id(), utc(beforeTime), beforeId, limit))
        .map(
            rows -> {
              List<Broadcast> found = new ArrayList<>(rows.size());
              rows.forEach(row -> found.add(view(row)));
              return found;
            });
  }

  /**
   * Cancels the caller's own, if it is under way: what is not committed by now will not be. Empty
   * when it is not.
   */
  Uni<Optional<Broadcast>> cancel(Work work, Caller caller, UUID id, Instant now) {
    return work.sql()
        .preparedQuery(CANCEL)
        .execute(Tuple.of(caller.tenant(), caller.id(), id, utc(now)))
        .map(
            rows ->
                rows.size() == 0
                    ? Optional.empty()
                    : Optional.of(told(work, rows.iterator().next(), now)));
  }

  /**
   * Counts what became of some recipients, and tells the end; what is in between {@link #tell}
   * does. To be the work's last statement, because others wait for its lock. False when it is not
   * under way any more: then the work must not be committed.
   */
  Uni<Boolean> count(Work work, Key key, long sent, long failed, Instant now) {
    return work.sql()
        .preparedQuery(COUNT)
        .execute(Tuple.of(key.tenant(), key.id(), sent, failed, utc(now)))
        .map(
            rows -> {
              if (rows.size() == 0) {
                return false;
              }
              Row row = rows.iterator().next();
              if (view(row).state() == BroadcastState.DONE) {
                told(work, row, now);
              }
              return true;
            });
  }

  /** Tells how far those under way got of which nothing was told for a second. */
  Uni<Void> tell(Work work, Instant now) {
    return work.sql()
        .preparedQuery(TELL)
        .execute(Tuple.of(utc(now), AT_ONCE))
        .invoke(rows -> rows.forEach(row -> told(work, row, now)))
        .replaceWithVoid();
  }

  /** One that ended before that time, locked; null when there is none that nobody else has. */
  Uni<Key> ended(Work work, Instant before) {
    return work.sql()
        .preparedQuery(ENDED)
        .execute(Tuple.of(utc(before)))
        .map(
            rows -> {
              if (rows.size() == 0) {
                return null;
              }
              Row row = rows.iterator().next();
              return new Key(row.getString("tenant"), row.getUUID("id"));
            });
  }

  Uni<Void> delete(Work work, Key key) {
    return work.sql()
        .preparedQuery(DELETE)
        .execute(Tuple.of(key.tenant(), key.id()))
        .replaceWithVoid();
  }

  private static Broadcast told(Work work, Row row, Instant now) {
    Broadcast broadcast = view(row);
    Caller author =
        KeptAuthor.caller(
            row.getString("tenant"), row.getString("author_id"), row.getString("author"));
    PersonalLog.emit(
        work,
        Envelope.of(
            EventType.BROADCAST_UPDATED, author.tenant(), null, author.actor(), now, broadcast),
        List.of(Recipient.user(author.id())));
    return broadcast;
  }

  private static Optional<Broadcast> first(RowSet<Row> rows) {
    return rows.size() == 0 ? Optional.empty() : Optional.of(view(rows.iterator().next()));
  }

  private static Broadcast view(Row row) {
    OffsetDateTime ended = row.getOffsetDateTime("ended_at");
    return new Broadcast(
        row.getUUID("id"),
        BroadcastState.of(row.getString("state")),
        row.getLong("total"),
        row.getLong("sent"),
        row.getLong("failed"),
        row.getString("body"),
        List.of(row.getArrayOfUUIDs("attachments")),
        row.getOffsetDateTime("created_at").toInstant(),
        ended == null ? null : ended.toInstant(),
        row.getLong("version"));
  }

  private static OffsetDateTime utc(Instant at) {
    return at.atOffset(ZoneOffset.UTC);
  }
}
