package dev.parley.message;

import dev.parley.chassis.caller.Caller;
import dev.parley.chassis.caller.Role;
import dev.parley.chassis.observe.Trail;
import dev.parley.chassis.outbox.Shards;
import dev.parley.chassis.tx.Tx;
import dev.parley.chassis.tx.Work;
import dev.parley.contracts.EventType;
import dev.parley.contracts.Ids;
import dev.parley.contracts.Json;
import dev.parley.contracts.Topics;
import dev.parley.contracts.event.AuthorKind;
import dev.parley.contracts.event.Message;
import dev.parley.contracts.event.MessageKind;
import dev.parley.contracts.event.Visibility;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.ZoneOffset;
import java.util.UUID;

/**
 * Appends a message: right to post, place, message, event and what the author's devices have of it
 * (their read mark, and no more draft) in one statement; under load several of a tenant share a
 * transaction ({@link Tx#single}). For no other member is anything written: what is unread follows
 * from the head's running numbers ({@link Counts}). Who is not there when their message is sent (it
 * was planned, it is one of many, somebody else is logged in as them) has read nothing by it and
 * keeps what they are writing there.
 *
 * <p>The order inside the statement is what makes {@code seq} gapless: it locks the head first,
 * then inserts, and moves the head only if the insert made a row. (Moving it first would burn a
 * number whenever two equal sends race.) READ COMMITTED is assumed.
 *
 * <p>A send that waits for the head sees it as it is then, but memberships as they were before. So
 * what takes a right away leaves its place on the head ({@code rights_rev}), and a send that finds
 * another one there than when it began is not placed: whoever sends looks again, with the head
 * locked before.
 */
@ApplicationScoped
public class Appending {
  private static final String APPEND =
      """
      with head as (
        select t.last_seq + 1 as seq, t.last_rev + 1 as rev, t.type,
          t.staff_count + $28 as staff_count, t.client_count + $29 as client_count
        from timeline t
        where t.tenant = $1 and t.conversation_id = $2
          and ($3 or t.rights_rev = (select o.rights_rev from timeline o
                                     where o.tenant = $1 and o.conversation_id = $2)
            and (t.state = 'open' or $4 = 'client' and t.state = 'closed')
            and not ($27 and t.type = 'internal_chat') and (
            exists (select 1 from member m
                    where m.tenant = $1 and m.conversation_id = $2
                      and m.kind = $4 and m.subject_id = $5 and m.granted
                      and (t.posting = 'all' or m.role in ('owner', 'admin')
                        or $33 and t.type = 'channel'))
            or $6 and t.type in %s))
        for no key update
      ), placed as (
        insert into message (tenant, id, conversation_id, seq, rev, client_msg_id, fingerprint, kind,
          author_id, author_kind, author_name, from_number, impersonated_by, body, visibility,
          mentions, record_refs, thread_root, at, version, staff_count, client_count)
        select $1, $7, $2, head.seq, head.rev, $8, $9, $10,
          $5, $11, $12, $13, $14, $15, $16,
          $17, $18, $19, $20, 1, head.staff_count, head.client_count
        from head
        on conflict do nothing
        returning seq, rev, staff_count, client_count
      ), moved as (
        update timeline t
        set last_seq = placed.seq, last_rev = placed.rev,
          changed_seq = placed.seq, changed_rev = placed.rev, said_seq = placed.seq,
          staff_count = placed.staff_count, client_count = placed.client_count,
          client_seq = case $16 when 'all' then placed.seq else t.client_seq end,
          client_rev = case $16 when 'all' then placed.rev else t.client_rev end,
          mention_seq = case when $17 <> '{}'::text[] then placed.seq else t.mention_seq end
        from placed where t.tenant = $1 and t.conversation_id = $2
      ), marked as (
        update member m
        set own_seq = placed.seq,
          read_seq = case when $32 then m.read_seq else placed.seq end,
          read_count = case when $32 then m.read_count
            when $4 = 'client' then placed.client_count else placed.staff_count end,
          read_at = case when $32 then m.read_at else $20 end
        from placed
        where $30 and m.tenant = $1 and m.conversation_id = $2
          and m.kind = $4 and m.subject_id = $5
      ), cleared as (
        delete from draft d using placed
        where not $32 and d.tenant = $1 and d.kind = $4 and d.subject_id = $5
          and d.conversation_id = $2
          and d.thread = coalesce($19, '00000000-0000-0000-0000-000000000000')
        returning nextval('draft_version') as version
      ), told_of_draft as (
        insert into outbox (shard, topic, record_key, event_id, type, traceparent, request_id, payload)
        select $21, '%s', $2::text, $31, '%s', $23, $24,
          json_strip_nulls(json_build_object('id', $31::uuid, 'type', '%s', 'version', 1,
            'tenant', $1::text, 'conversationId', $2::uuid, 'conversationType', head.type,
            'actor', json_build_object('id', 'system', 'kind', 'system'), 'at', t.at,
            'to', json_build_array(json_build_object('kind', $4::text, 'id', $5::text)),
            'data', json_build_object('conversationId', $2::uuid, 'thread', $19::uuid, 'body', '',
              'attachments', '[]'::json, 'version', cleared.version, 'updatedAt', t.at,
              'deleted', true)))::text
        from cleared, head,
          to_char($20::timestamptz at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as t(at)
      ), told as (
        insert into outbox (shard, topic, record_key, event_id, type, traceparent, request_id, payload)
        select $21, '%s', $2::text, $22, '%s', $23, $24,
          $25 || placed.seq || ',"rev":' || placed.rev || ',"conversationType":"' || head.type || $26
            || placed.seq || ',"rev":' || placed.rev || '}}'
        from placed, head
      )
      select seq, rev from placed
      """
          .formatted(
              Timelines.CUSTOMER_TYPES,
              Topics.MESSAGE_PERSONAL.name(),
              EventType.DRAFT_UPDATED,
              EventType.DRAFT_UPDATED,
              Topics.TIMELINE.name(),
              EventType.MESSAGE_CREATED);

  private final Tx tx;
  private final Shards shards;

  Appending(Tx tx, Shards shards) {
    this.tx = tx;
    this.shards = shards;
  }

  /** Where a message was placed. */
  public record Placed(long seq, long rev) {}

  /**
   * Appends a caller's message if they may post there and it is open.
   *
   * @return its place; null when it was not placed, because of a lack of rights, the conversation's
   *     state or an earlier send under the same clientMsgId (why is for the caller to find out)
   */
  public Uni<Placed> append(Caller caller, Draft draft) {
    return tx.in(caller.tenant())
        .single(
            draft.message().conversationId(),
            APPEND,
            parameters(draft, Trail.current(), false, caller))
        .map(Appending::placed);
  }

  /** The same in a transaction that is under way; the head is locked until its end. */
  public Uni<Placed> append(Work work, Caller caller, Draft draft) {
    work.appended();
    return work.sql()
        .preparedQuery(APPEND)
        .execute(parameters(draft, work.trail(), false, caller))
        .map(Appending::placed);
  }

  /**
   * Appends what came from outside, in any state, once: null when it is there already or there is
   * no such conversation.
   */
  public Uni<Placed> appendInbound(Work work, Draft draft) {
    return work.sql()
        .preparedQuery(APPEND)
        .execute(parameters(draft, work.trail(), true, null))
        .map(Appending::placed);
  }

  private static Placed placed(RowSet<Row> rows) {
    if (rows.size() == 0) {
      return null;
    }
    Row row = rows.iterator().next();
    return new Placed(row.getLong("seq"), row.getLong("rev"));
  }

  /** {@code caller}: null for what came from outside. */
  private Tuple parameters(Draft draft, Trail trail, boolean always, Caller caller) {
    Message message = draft.message();
    UUID eventId = Ids.next();
    boolean counts = counts(message);
    return Tuple.tuple()
        .addString(draft.tenant())
        .addUUID(message.conversationId())
        .addBoolean(always)
        .addString(message.authorKind().wire())
        .addString(message.authorId())
        .addBoolean(caller != null && caller.seesAllCustomers())
        .addUUID(message.id())
        .addString(message.clientMsgId())
        .addValue(draft.fingerprint() == null ? null : Buffer.buffer(draft.fingerprint()))
        .addString(message.kind().wire())
        .addString(message.authorKind().wire())
        .addString(message.authorName())
        .addString(message.from())
        .addString(message.impersonatedBy())
        .addString(message.body())
        .addString(message.visibility().wire())
        .addArrayOfString(message.mentions().toArray(String[]::new))
        .addString(Json.text(message.records()))
        .addUUID(message.threadRoot())
        .addOffsetDateTime(message.at().atOffset(ZoneOffset.UTC))
        .addShort(shards.of(message.conversationId().toString()))
        .addUUID(eventId)
        .addString(trail.traceparent())
        .addString(trail.requestId())
        .addString(draft.beforeSeq(eventId))
        .addString(draft.afterType())
        .addBoolean(message.impersonatedBy() != null)
        .addLong(counts ? 1L : 0L)
        .addLong(counts && message.visibility() == Visibility.ALL ? 1L : 0L)
        .addBoolean(counts && message.authorKind() != AuthorKind.PHONE)
        .addUUID(Ids.next())
        .addBoolean(!draft.isAttended())
        .addBoolean(caller != null && caller.is(Role.ADMIN));
  }

  /** Whether others have something unread by it; and whoever sends it has read up to there. */
  private static boolean counts(Message message) {
    return message.kind() == MessageKind.USER && message.threadRoot() == null;
  }
}
