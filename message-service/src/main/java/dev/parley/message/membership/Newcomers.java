package dev.parley.message.membership;

import dev.parley.chassis.tx.Work;
import dev.parley.contracts.Envelope;
import dev.parley.contracts.Json;
import dev.parley.contracts.Right;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.List;

/**
 * Makes members. Who comes again begins anew, in threads as well (product.md §1); what somebody has
 * hidden or muted before they came holds from now on.
 */
final class Newcomers {
  /** Each is looked up. */
  private static final String GRANT =
      """
      with newcomer as (
        select * from json_to_recordset(($3::text)::json) as r("memberId" uuid, kind text, id text,
          role text, source text, "effectiveSeq" bigint, "visibleFromSeq" bigint)
      ), anew as (
        update thread_follow f set read_seq = p.seq, seen_seq = null from (
          select m.kind, m.subject_id,
            case m.kind when 'client' then t.client_seq else t.last_seq end as seq
          from newcomer r cross join lateral (
            select kind, subject_id from member
            where tenant = $1 and conversation_id = $2 and kind = r.kind and subject_id = r.id
              and not granted offset 0) m
          join timeline t on t.tenant = $1 and t.conversation_id = $2) p
        where f.tenant = $1 and f.kind = p.kind and f.subject_id = p.subject_id and f.read_seq < p.seq
          and f.conversation_id = $2
      ), early as (
        delete from early_preference e using newcomer r
        where e.tenant = $1 and e.conversation_id = $2 and e.kind = r.kind and e.subject_id = r.id
        returning e.kind, e.subject_id, e.hidden_seq, e.muted_until, e.version)
      insert into member (tenant, conversation_id, kind, subject_id, member_id, role, source, granted,
                          effective_seq, visible_from_seq, rev, read_seq, read_count,
                          hidden_seq, hidden_version, muted_until)
      select $1, $2, r.kind, r.id, r."memberId", r.role, r.source, true,
             r."effectiveSeq", r."visibleFromSeq", $4,
             case r.kind when 'client' then t.client_seq else t.last_seq end,
             case r.kind when 'client' then t.client_count else t.staff_count end,
             e.hidden_seq, coalesce(e.version, 0),
             case when e.muted_until > statement_timestamp() then e.muted_until end
      from newcomer r
      join timeline t on t.tenant = $1 and t.conversation_id = $2
      left join early e on e.kind = r.kind and e.subject_id = r.id
      on conflict (tenant, conversation_id, kind, subject_id) do update
      set member_id = excluded.member_id, role = excluded.role, source = excluded.source,
          granted = true, effective_seq = excluded.effective_seq,
          visible_from_seq = excluded.visible_from_seq, rev = excluded.rev,
          read_seq = case when member.granted then member.read_seq else excluded.read_seq end,
          read_count = case when member.granted then member.read_count else excluded.read_count end,
          read_at = case when member.granted then member.read_at end,
          seen_seq = case when member.granted then member.seen_seq end,
          marks = member.marks + 1
      """;

  private Newcomers() {}

  /**
   * Under the head's lock.
   *
   * @param rev at which they are granted
   */
  static Uni<Void> grant(Work work, Envelope event, List<Right> rights, long rev) {
    if (rights.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    return work.sql()
        .preparedQuery(GRANT)
        .execute(Tuple.of(event.tenant(), event.conversationId(), Json.text(rights), rev))
        .replaceWithVoid();
  }
}
