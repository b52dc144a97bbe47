package dev.parley.message.send.schedule;

import dev.parley.chassis.caller.Caller;
import dev.parley.chassis.tx.Tx;
import dev.parley.chassis.tx.Work;
import dev.parley.contracts.Envelope;
import dev.parley.contracts.EventType;
import dev.parley.contracts.Json;
import dev.parley.contracts.Recipient;
import dev.parley.message.PersonalLog;
import dev.parley.message.send.KeptAuthor;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Table {@code scheduled_message}. Every change tells the author's devices; an author's own
 * messages alone can be seen, and of internal chats none by who is logged in as the author
 * (product.md §1, Impersonation).
 */
@ApplicationScoped
class ScheduledMessages {
  private static final String INSERT =
      """
      insert into scheduled_message (tenant, id, author_kind, author_id, author, conversation_id,
        conversation_type, request, send_at, zone, state, version, due_at, created_at,
        client_msg_id, fingerprint)
      values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'scheduled', 1, $9, $11, $12, $13)
      on conflict (tenant, conversation_id, author_id, author_kind, client_msg_id)
        where client_msg_id is not null do nothing
      returning *
      """;
  private static final String OWN =
      """
      select * from scheduled_message
      where tenant = $1 and author_id = $2 and author_kind = $3
        and not ($4 and conversation_type = 'internal_chat')
      """;
  private static final String FIND = OWN + " and id = $5";
  private static final String LOCK = FIND + " for update";
  private static final String PAGE =
      OWN
          + """
           and state in ('scheduled', 'sending', 'failed') and (send_at, id) > ($5, $6)
          order by send_at, id limit $7
          """;
  private static final String CHANGE =
      """
      update scheduled_message
      set request = $3, send_at = $4, due_at = $4, zone = $5, author = $6, state = 'scheduled',
        reason = null, ended_at = null, version = version + 1
      where tenant = $1 and id = $2
      returning *
      """;
  private static final String END =
      """
      update scheduled_message
      set state = $3, reason = $4, message_id = $5, due_at = null, ended_at = $6,
        version = version + 1
      where tenant = $1 and id = $2 and state <> 'sent'
      returning *
      """;
  private static final String RELEASE =
      """
      update scheduled_message set state = 'scheduled'
      where tenant = $1 and id = $2 and state = 'sending' and due_at = $3
      """;
  private static final String PLACED =
      """
      select id from message
      where tenant = $1 and conversation_id = $2 and author_id = $3 and author_kind = $4
        and client_msg_id = $5 and fingerprint = $6
      """;

  /**
   * Of each conversation the first of what is not ended, if it is due. $4: one that was put off and
   * was due before then holds up none behind it. The look at those before it is one for each that
   * is due, by an index; as a join it would go through all that are planned.
   */
  private static final String TAKE =
      """
      update scheduled_message s set state = 'sending', due_at = $2
      from (
        select tenant, id from scheduled_message d
        where due_at <= $1 and (
          select true from scheduled_message e
          where e.tenant = d.tenant and e.conversation_id = d.conversation_id
            and e.due_at is not null
            and (e.send_at, e.created_at, e.id) < (d.send_at, d.created_at, d.id)
            and (e.due_at <= $1 or e.state = 'sending' or e.send_at between $4 and $1)
          limit 1) is null
        order by due_at, created_at, id limit $3 for update of d skip locked) d
      where s.tenant = d.tenant and s.id = d.id
      returning s.*
      """;

  private static final String PURGE =
      """
      delete from scheduled_message s
      using (select tenant, id from scheduled_message where ended_at < $1
             limit $2 for update skip locked) d
      where s.tenant = d.tenant and s.id = d.id
      """;

  private final Tx tx;
  private final Clock clock;

  ScheduledMessages(Tx tx, Clock clock) {
    this.tx = tx;
    this.clock = clock;
  }

  /**
   * Plans it; empty when there is a plan under its clientMsgId.
   *
   * @param fingerprint of what was asked for
   */
  Uni<Optional<Scheduled>> insert(Work work, Scheduled message, byte[] fingerprint) {
    Caller author = message.author();
    return work.sql()
        .preparedQuery(INSERT)
        .execute(
            Tuple.tuple()
                .addString(author.tenant())
                .addUUID(message.id())
                .addString(author.kind())
                .addString(author.id())
                .addString(KeptAuthor.of(author))
                .addUUID(message.conversationId())
                .addString(message.conversationType().wire())
                .addString(Json.text(message.message()))
                .addOffsetDateTime(utc(message.sendAt()))
                .addString(message.zone())
                .addOffsetDateTime(utc(clock.instant()))
                .addString(message.message().clientMsgId())
                .addValue(Buffer.buffer(fingerprint)))
        .map(rows -> told(work, rows));
  }

  /** The author's own, as it is now. */
  Uni<Optional<Scheduled>> find(Caller caller, UUID id) {
    return tx.read(FIND, own(caller).addUUID(id))
        .map(rows -> rows.size() == 0 ? Optional.empty() : Optional.of(first(rows)));
  }

  /** The author's own, locked until the work's end. */
  Uni<Optional<Scheduled>> lock(Work work, Caller caller, UUID id) {
    return work.sql()
        .preparedQuery(LOCK)
        .execute(own(caller).addUUID(id))
        .map(rows -> rows.size() == 0 ? Optional.empty() : Optional.of(first(rows)));
  }

  /** What is still to be sent, or was not, by time. */
  Uni<List<Scheduled>> page(Caller caller, Instant afterTime, UUID afterId, int limit) {
    return tx.read(
            PAGE, own(caller).addOffsetDateTime(utc(afterTime)).addUUID(afterId).addInteger(limit))
        .map(ScheduledMessages::all);
  }

  Uni<Scheduled> change(Work work, Scheduled message) {
    return work.sql()
        .preparedQuery(CHANGE)
        .execute(
            Tuple.of(
                message.author().tenant(),
                message.id(),
                Json.text(message.message()),
                utc(message.sendAt()),
                message.zone(),
                KeptAuthor.of(message.author())))
        .map(rows -> told(work, rows).orElseThrow());
  }

  /** Sent, failed or cancelled: nothing is left to do. Empty when it was sent already. */
  Uni<Optional<Scheduled>> end(
      Work work, Scheduled message, String state, String reason, UUID messageId) {
    return work.sql()
        .preparedQuery(END)
        .execute(
            Tuple.of(
                message.author().tenant(),
                message.id(),
                state,
                reason,
                messageId,
                utc(clock.instant())))
        .map(rows -> told(work, rows));
  }

  /**
   * Takes messages that are due, of all tenants, one of each conversation: the next there. Until it
   * is ended or put off nobody takes one behind it; it is due again then.
   *
   * @param patience one that was put off holds up those behind it if it was to be sent since then
   */
  Uni<List<Scheduled>> take(Instant now, Instant again, Instant patience, int limit) {
    return tx.ofAllTenants()
        .change(TAKE, Tuple.of(utc(now), utc(again), limit, utc(patience)))
        .map(ScheduledMessages::all);
  }

  /**
   * It could not be sent now, and is waiting again: until it is taken the next time it can be
   * changed and cancelled. Nothing where another one has taken it meanwhile.
   *
   * @param until when it is due again, as it was taken
   */
  Uni<Void> release(Scheduled message, Instant until) {
    return tx.in(message.author().tenant())
        .change(RELEASE, Tuple.of(message.author().tenant(), message.id(), utc(until)))
        .replaceWithVoid();
  }

  /** Its message, if that stands there, whatever its sender came to know. */
  Uni<Optional<UUID>> placed(Work work, Scheduled message) {
    Caller author = message.author();
    return work.sql()
        .preparedQuery(PLACED)
        .execute(
            Tuple.of(
                author.tenant(),
                message.conversationId(),
                author.id(),
                author.kind(),
                message.message().clientMsgId(),
                Buffer.buffer(message.message().fingerprint())))
        .map(
            rows ->
                rows.size() == 0
                    ? Optional.empty()
                    : Optional.of(rows.iterator().next().getUUID("id")));
  }

  /** Forgets some of what ended before that time; how many that were. */
  Uni<Integer> purge(Instant before, int limit) {
    return tx.ofAllTenants()
        .change(PURGE, Tuple.of(utc(before), limit))
        .map(rows -> rows.rowCount());
  }

  private static Tuple own(Caller caller) {
    return Tuple.of(caller.tenant(), caller.id(), caller.kind(), caller.impersonator() != null);
  }

  private Optional<Scheduled> told(Work work, RowSet<Row> rows) {
    if (rows.size() == 0) {
      return Optional.empty();
    }
    Scheduled message = first(rows);
    Caller author = message.author();
    PersonalLog.emit(
        work,
        Envelope.of(
                EventType.SCHEDULED_UPDATED,
                author.tenant(),
                message.conversationId(),
                author.actor(),
                clock.instant(),
                message.view())
            .in(message.conversationType()),
        List.of(new Recipient(author.kind(), author.id())));
    return Optional.of(message);
  }

  private static Scheduled first(RowSet<Row> rows) {
    return Scheduled.of(rows.iterator().next());
  }

  private static List<Scheduled> all(RowSet<Row> rows) {
    List<Scheduled> found = new ArrayList<>(rows.size());
    rows.forEach(row -> found.add(Scheduled.of(row)));
    return found;
  }

  private static OffsetDateTime utc(Instant at) {
    return at.atOffset(ZoneOffset.UTC);
  }
}
