package dev.parley.message.drafts;

import dev.parley.chassis.caller.Caller;
import dev.parley.chassis.tx.Tx;
import dev.parley.chassis.tx.Work;
import dev.parley.contracts.event.Draft;
import dev.parley.message.Attachments;
import dev.parley.message.Timelines;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Table {@code draft}. A draft of a conversation itself has the nil id as its thread. It keeps the
 * names of the files that were saved with it and shows those that can be sent still.
 */
@ApplicationScoped
class Drafts {
  private static final UUID NO_THREAD = new UUID(0, 0);

  private static final String SHOWN =
      """
      d.*, array(
        select f.id from unnest(d.attachments) with ordinality f(id, place)
        join attachment a on a.tenant = d.tenant and a.id = f.id and %s
        order by f.place) as sendable
      """
          .formatted(Attachments.TO_BE_SENT.formatted("a"));

  /** The version is taken once nobody else is at the draft: who clears it has an older one. */
  private static final String SAVE =
      """
      with held as materialized (
        select from draft
        where tenant = $1 and kind = $2 and subject_id = $3 and conversation_id = $4
          and thread = $5
        for update
      )
      insert into draft as d (tenant, kind, subject_id, conversation_id, thread, body, attachments,
        version, updated_at)
      select $1::text, $2::text, $3::text, $4::uuid, $5::uuid, $6::text, $7::uuid[],
        nextval('draft_version'), $8::timestamptz
      from (select count(*) from held) h
      on conflict (tenant, kind, subject_id, conversation_id, thread) do update
      set body = excluded.body, attachments = excluded.attachments,
          version = nextval('draft_version'), updated_at = excluded.updated_at
      returning %s
      """
          .formatted(SHOWN);

  private static final String DELETE =
      """
      delete from draft
      where tenant = $1 and kind = $2 and subject_id = $3 and conversation_id = $4 and thread = $5
      returning nextval('draft_version') as version
      """;

  private static final String LOCK =
      """
      select %s from draft d
      where tenant = $1 and kind = $2 and subject_id = $3 and conversation_id = $4 and thread = $5
      for update
      """
          .formatted(SHOWN);

  private static final String NAMED =
      """
      select attachments from draft
      where tenant = $1 and kind = $2 and subject_id = $3 and conversation_id = $4 and thread = $5
      """;

  /** $4 whether they see all customers; not of conversations that they do not see any more. */
  private static final String LIST =
      """
      select %s from draft d
      join timeline t on t.tenant = d.tenant and t.conversation_id = d.conversation_id
      where d.tenant = $1 and d.kind = $2 and d.subject_id = $3 and d.version < $5
        and (exists (select from member m
                     where m.tenant = d.tenant and m.conversation_id = d.conversation_id
                       and m.kind = d.kind and m.subject_id = d.subject_id and m.granted)
          or d.kind = 'user' and (t.type = 'channel'
            or $4 and t.type in ('client', 'client_group', 'company', 'sms')
            or %s))
      order by d.version desc limit $6
      """
          .formatted(SHOWN, Timelines.SEES_DEAL.formatted("$3", "(not $4)"));

  private final Tx tx;

  Drafts(Tx tx) {
    this.tx = tx;
  }

  Uni<Draft> save(
      Work work, Caller caller, UUID conversation, UUID thread, DraftRequest request, Instant at) {
    return work.sql()
        .preparedQuery(SAVE)
        .execute(
            place(caller, conversation, thread)
                .addString(request.body())
                .addArrayOfUUID(request.attachments().toArray(UUID[]::new))
                .addOffsetDateTime(at.atOffset(ZoneOffset.UTC)))
        .map(rows -> draft(rows.iterator().next()));
  }

  /** As it is now, locked until the work's end. */
  Uni<Optional<Draft>> lock(Work work, Caller caller, UUID conversation, UUID thread) {
    return work.sql()
        .preparedQuery(LOCK)
        .execute(place(caller, conversation, thread))
        .map(
            rows ->
                rows.size() == 0 ? Optional.empty() : Optional.of(draft(rows.iterator().next())));
  }

  /** The files that were saved with it, whatever became of them. */
  Uni<Set<UUID>> named(Work work, Caller caller, UUID conversation, UUID thread) {
    return work.sql()
        .preparedQuery(NAMED)
        .execute(place(caller, conversation, thread))
        .map(
            rows ->
                rows.size() == 0
                    ? Set.of()
                    : Set.of(rows.iterator().next().getArrayOfUUIDs("attachments")));
  }

  /** What its devices are told; empty when there was none. */
  Uni<Optional<Draft>> delete(
      Work work, Caller caller, UUID conversation, UUID thread, Instant at) {
    return work.sql()
        .preparedQuery(DELETE)
        .execute(place(caller, conversation, thread))
        .map(
            rows ->
                rows.size() == 0
                    ? Optional.empty()
                    : Optional.of(
                        new Draft(
                            conversation,
                            thread,
                            "",
                            List.of(),
                            rows.iterator().next().getLong("version"),
                            at,
                            true)));
  }

  /** Latest first, below that version. */
  Uni<List<Draft>> list(Caller caller, long before, int limit) {
    return tx.read(
            LIST,
            Tuple.tuple()
                .addString(caller.tenant())
                .addString(caller.kind())
                .addString(caller.id())
                .addBoolean(caller.seesAllCustomers())
                .addLong(before)
                .addInteger(limit))
        .map(
            rows -> {
              List<Draft> drafts = new ArrayList<>(rows.size());
              rows.forEach(row -> drafts.add(draft(row)));
              return drafts;
            });
  }

  private static Draft draft(Row row) {
    UUID thread = row.getUUID("thread");
    return new Draft(
        row.getUUID("conversation_id"),
        NO_THREAD.equals(thread) ? null : thread,
        row.getString("body"),
        List.of(row.getArrayOfUUIDs("sendable")),
        row.getLong("version"),
        row.getOffsetDateTime("updated_at").toInstant(),
        null);
  }

  private static Tuple place(Caller caller, UUID conversation, UUID thread) {
    return Tuple.tuple()
        .addString(caller.tenant())
        .addString(caller.kind())
        .addString(caller.id())
        .addUUID(conversation)
        .addUUID(thread == null ? NO_THREAD : thread);
  }
}
