package dev.parley.message.send.broadcast;

import dev.parley.chassis.caller.Caller;
import dev.parley.chassis.tx.Tx;
import dev.parley.chassis.tx.Work;
import dev.parley.contracts.event.Broadcast;
import dev.parley.contracts.event.BroadcastState;
import dev.parley.message.send.KeptAuthor;
import dev.parley.message.send.broadcast.BroadcastRequest.Audience;
import dev.parley.message.send.broadcast.Broadcasts.Key;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Table {@code broadcast_recipient}: who gets which mass message, when, and what became of it. */
@ApplicationScoped
class Recipients {
  private static final String INSERT =
      """
      insert into broadcast_recipient (tenant, broadcast_id, client_id, state, attempts, due_at)
      select c.tenant, $4::uuid, c.id, 'pending', 0, $5::timestamptz
        + make_interval(secs => (row_number() over (order by c.id) - 1) / $6::float8)
      from record_copy c
      where ($7::text is null or c.company_id = $7) and ($8::text[] is null or c.id = any($8)) and
      """
          + Audiences.REACHED;
  private static final String TAKE =
      """
      update broadcast_recipient r set due_at = $2
      from (select tenant, broadcast_id, client_id from broadcast_recipient where due_at <= $1
            order by due_at limit $3 for update skip locked) d
      where r.tenant = d.tenant and r.broadcast_id = d.broadcast_id and r.client_id = d.client_id
      returning r.tenant, r.broadcast_id, r.client_id
      """;
  private static final String LOCK =
      """
      select r.attempts, b.author_id, b.author, b.body, b.attachments, b.state, b.created_at
      from broadcast_recipient r
      join broadcast b on b.tenant = r.tenant and b.id = r.broadcast_id
      where r.tenant = $1 and r.broadcast_id = $2 and r.client_id = $3 and r.state = 'pending'
      for update of r skip locked
      """;
  private static final String PUT_OFF =
      """
      update broadcast_recipient set due_at = $4, attempts = attempts + 1
      where tenant = $1 and broadcast_id = $2 and client_id = $3
      """;
  private static final String END =
      """
      update broadcast_recipient
      set state = $4, reason = $5, conversation_id = $6, message_id = $7, at = $8, due_at = null
      where tenant = $1 and broadcast_id = $2 and client_id = $3
      """;
  private static final String STOP =
      """
      update broadcast_recipient set state = 'cancelled', due_at = null
      where tenant = $1 and broadcast_id = $2 and state = 'pending'
      """;
  private static final String PAGE =
      """
      select * from (
        select client_id, reason, conversation_id, message_id, at,
          case when $5 and state = 'pending' then 'cancelled' else state end as state
        from broadcast_recipient
        where tenant = $1 and broadcast_id = $2 and client_id > $3) r
      where $6::text is null or state = $6
      order by client_id limit $4
      """;
  private static final String FORGET =
      """
      delete from broadcast_recipient r
      using (select tenant, broadcast_id, client_id from broadcast_recipient
             where tenant = $1 and broadcast_id = $2 limit $3) d
      where r.tenant = d.tenant and r.broadcast_id = d.broadcast_id and r.client_id = d.client_id
      """;

  private final Tx tx;

  Recipients(Tx tx) {
    this.tx = tx;
  }

  /** One recipient of one mass message. */
  record Due(Key broadcast, String clientId) {}

  /**
   * What is to be sent to a recipient, whose row is locked.
   *
   * @param running whether it was not cancelled when it was read
   * @param attempts how often it was put off
   */
  record Pending(
      Caller author,
      String body,
      List<UUID> attachments,
      boolean running,
      int attempts,
      Instant since) {
    /** Without the body: fit for logs. */
    @Override
    public String toString() {
      return "Pending[attempts=" + attempts + "]";
    }
  }

  /** Writes down whom the audience names now, each once, one after the other at the pace. */
  Uni<Long> insert(
      Work work, Caller author, UUID broadcast, Audience audience, Instant from, int perSecond) {
    List<String> clients = audience.clientIds();
    return work.sql()
        .preparedQuery(INSERT)
        .execute(
            Tuple.tuple()
                .addString(author.tenant())
                .addString(author.id())
                .addBoolean(!author.seesAllCustomers())
                .addUUID(broadcast)
                .addOffsetDateTime(utc(from))
                .addDouble((double) perSecond)
                .addString(audience.companyId())
                .addArrayOfString(clients == null ? null : clients.toArray(String[]::new)))
        .map(rows -> (long) rows.rowCount());
  }

  /** Takes recipients that are due, of all tenants; what is not ended is due again then. */
  Uni<List<Due>> take(Instant now, Instant again, int limit) {
    return tx.ofAllTenants()
        .change(TAKE, Tuple.of(utc(now), utc(again), limit))
        .map(
            rows -> {
              List<Due> due = new ArrayList<>(rows.size());
              for (Row row : rows) {
                Key key = new Key(row.getString("tenant"), row.getUUID("broadcast_id"));
                due.add(new Due(key, row.getString("client_id")));
              }
              return due;
            });
  }

  /** What is to be sent, locked until the work's end; empty when another node is at it or was. */
  Uni<Optional<Pending>> lock(Work work, Due due) {
    return work.sql()
        .preparedQuery(LOCK)
        .execute(key(due))
        .map(
            rows ->
                rows.size() == 0
                    ? Optional.empty()
                    : Optional.of(pending(due, rows.iterator().next())));
  }

  Uni<Void> putOff(Work work, Due due, Instant until) {
    return work.sql()
        .preparedQuery(PUT_OFF)
        .execute(key(due).addOffsetDateTime(utc(until)))
        .replaceWithVoid();
  }

  Uni<Void> end(Work work, Due due, RecipientView view) {
    return work.sql()
        .preparedQuery(END)
        .execute(
            key(due)
                .addString(view.state().wire())
                .addString(view.reason())
                .addUUID(view.conversationId())
                .addUUID(view.messageId())
                .addOffsetDateTime(view.at() == null ? null : utc(view.at())))
        .replaceWithVoid();
  }

  /** Of a mass message that was cancelled nobody is waiting any more. */
  Uni<Void> stop(Caller caller, UUID broadcast) {
    return tx.change(STOP, Tuple.of(caller.tenant(), broadcast)).replaceWithVoid();
  }

  /** What became of it, by client id. */
  Uni<List<RecipientView>> page(
      Caller caller, Broadcast broadcast, RecipientState only, String after, int limit) {
    return tx.read(
            PAGE,
            Tuple.of(
                caller.tenant(),
                broadcast.id(),
                after,
                limit,
                broadcast.state() == BroadcastState.CANCELLED,
                only == null ? null : only.wire()))
        .map(
            rows -> {
              List<RecipientView> found = new ArrayList<>(rows.size());
              rows.forEach(row -> found.add(view(row)));
              return found;
            });
  }

  /** Forgets some recipients; how many that were. */
  Uni<Integer> forget(Work work, Key broadcast, int limit) {
    return work.sql()
        .preparedQuery(FORGET)
        .execute(Tuple.of(broadcast.tenant(), broadcast.id(), limit))
        .map(rows -> rows.rowCount());
  }

  private static Tuple key(Due due) {
    return Tuple.tuple()
        .addString(due.broadcast().tenant())
        .addUUID(due.broadcast().id())
        .addString(due.clientId());
  }

  private static Pending pending(Due due, Row row) {
    return new Pending(
        KeptAuthor.caller(
            due.broadcast().tenant(), row.getString("author_id"), row.getString("author")),
        row.getString("body"),
        List.of(row.getArrayOfUUIDs("attachments")),
        BroadcastState.of(row.getString("state")) == BroadcastState.RUNNING,
        row.getInteger("attempts"),
        row.getOffsetDateTime("created_at").toInstant());
  }

  private static RecipientView view(Row row) {
    OffsetDateTime at = row.getOffsetDateTime("at");
    return new RecipientView(
        row.getString("client_id"),
        RecipientState.of(row.getString("state")),
        row.getString("reason"),
        row.getUUID("conversation_id"),
        row.getUUID("message_id"),
        at == null ? null : at.toInstant());
  }

  private static OffsetDateTime utc(Instant at) {
    return at.atOffset(ZoneOffset.UTC);
  }
}
