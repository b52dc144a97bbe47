package dev.parley.message;

import dev.parley.chassis.caller.Caller;
import dev.parley.chassis.tx.Tx;
import dev.parley.chassis.tx.Work;
import dev.parley.contracts.Recipient;
import dev.parley.contracts.event.ConversationType;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Counts what is unread (product.md §4), exactly and without anything having been written for a
 * member by a send (ADR "Unread is a difference").
 *
 * <p>The head of a conversation counts its messages, each message keeps the number at its place,
 * and a member the number where they have read to: the difference is what came since. From it go,
 * counted one by one, the member's own messages (there are none but after a mark was taken back)
 * and those deleted since; mentions are counted among the messages that mention somebody. Whether
 * there is any of these to look for is told by the head, so that nearly always none is.
 *
 * <p>One statement is one snapshot of what is committed, and such snapshots follow one another;
 * therefore a higher {@link Count#version()} is always the newer truth. That is why nothing is
 * counted inside of a transaction that has changed something itself.
 */
@ApplicationScoped
public class Counts {
  /**
   * $1–$3 the people; $4 whether somebody else acts as them; then, where conversations are named,
   * $5 which. The total goes over all of a person's conversations in any case, but for those that
   * they have hidden and that nothing has been said in since, and those that they have muted.
   *
   * <p>A mute that has run out counts for the version like any change, so that the total after it
   * is known as the newer one. The database's clock says when: it is one for all nodes.
   *
   * <p>{@code offset 0} keeps the order: person, their memberships, each one's head. Row-level
   * security hides from the planner how few rows a tenant is; left alone, it joined all people with
   * all heads of their tenant.
   */
  private static final String COUNT =
      """
      select s.*,
        case when s.granted and s.mention_seq > s.read_seq then (
          select count(*) from message x
          where x.tenant = s.tenant and x.conversation_id = s.conversation_id
            and x.seq > s.read_seq and x.mentions <> '{}'
            and (x.mentions && array['channel', 'here']
              or s.kind = 'user' and s.subject_id = any(x.mentions))
            and x.kind = 'user' and x.thread_root is null
            and not (x.author_id = s.subject_id and x.author_kind = s.kind)
            and (s.kind = 'user' or x.visibility = 'all'))
        else 0 end as mentions,
        case when s.granted then (
          select coalesce(sum(r.replies), 0)::bigint
          from thread_follow f
          cross join lateral (
            select count(*) as replies from message x
            where x.tenant = f.tenant and x.thread_root = f.root_id
              and x.seq > f.read_seq and x.kind = 'user' and x.deleted_at is null
              and not (x.author_id = f.subject_id and x.author_kind = f.kind)
              and (f.kind = 'user' or x.visibility = 'all')
            offset 0) r
          where f.tenant = s.tenant and f.kind = s.kind and f.subject_id = s.subject_id
            and f.conversation_id = s.conversation_id and f.following
            and f.root_seq >= s.visible_from_seq)
        else 0 end as thread_unread
      from (
        select m.tenant, m.kind, m.subject_id, m.conversation_id, t.type, m.granted, m.read_seq,
          m.visible_from_seq,
          case when l.seq >= m.visible_from_seq then l.seq else 0 end as last_seq,
          r.rev, t.mention_seq, u.unread,
          (sum(case when m.hidden_seq >= t.said_seq or m.muted_until > statement_timestamp() then 0
            else u.unread end) over person)::bigint as total,
          (sum(m.marks + case when m.muted_until <= statement_timestamp() then 1 else 0 end
            + case when m.granted then r.rev else m.rev end) over person)::bigint as version
        from unnest($1::text[], $2::text[], $3::text[]) as p(tenant, kind, id)
        cross join lateral (
          select * from member
          where tenant = p.tenant and kind = p.kind and subject_id = p.id
          offset 0) m
        cross join lateral (
          select * from timeline
          where tenant = m.tenant and conversation_id = m.conversation_id
          offset 0) t
        cross join lateral (
          select case when m.granted then
            case m.kind when 'client' then t.client_count else t.staff_count end - m.read_count
            - case when m.own_seq > m.read_seq then (
                select count(*) from message x
                where x.tenant = m.tenant and x.conversation_id = m.conversation_id
                  and x.seq > m.read_seq and x.kind = 'user' and x.thread_root is null
                  and x.author_id = m.subject_id and x.author_kind = m.kind
                  and x.deleted_at is null)
              else 0 end
            - case when t.deleted_seq > m.read_seq then (
                select count(*) from message x
                where x.tenant = m.tenant and x.conversation_id = m.conversation_id
                  and x.seq > m.read_seq and x.deleted_at is not null
                  and x.kind = 'user' and x.thread_root is null
                  and (m.kind = 'user' or x.visibility = 'all'))
              else 0 end
          else 0 end as unread
          offset 0) u
        cross join lateral (select %s as rev offset 0) r
        cross join lateral (
          select case m.kind when 'client' then t.client_seq else t.last_seq end as seq) l
        where not ($4 and t.type = 'internal_chat')
        window person as (partition by m.tenant, m.kind, m.subject_id)
      ) s
      """
          .formatted(Timelines.READER_REV.formatted("m.kind"));

  private static final String EVERYWHERE = COUNT + " order by s.conversation_id";
  private static final String THERE = COUNT + " where s.conversation_id = any($5)";

  private final Tx tx;

  Counts(Tx tx) {
    this.tx = tx;
  }

  /**
   * The caller's counts in all conversations that they take or took part in: who has left the last
   * one has a version all the same, and a newer one than before.
   */
  public Uni<List<Count>> all(Caller caller) {
    return tx.read(
            EVERYWHERE,
            people(
                List.of(caller.tenant()),
                List.of(caller.kind()),
                List.of(caller.id()),
                caller.impersonator() != null))
        .map(Counts::counts);
  }

  /** The caller's count in one conversation; empty when they never took part in it. */
  public Uni<Optional<Count>> in(Caller caller, UUID conversation) {
    return tx.read(
            THERE,
            people(
                    List.of(caller.tenant()),
                    List.of(caller.kind()),
                    List.of(caller.id()),
                    caller.impersonator() != null)
                .addArrayOfUUID(new UUID[] {conversation}))
        .map(rows -> counts(rows).stream().findFirst());
  }

  /** The counts of these people in these conversations, as far as they take or took part. */
  Uni<List<Count>> in(Work work, Collection<UUID> conversations, Collection<Person> people) {
    return work.sql()
        .preparedQuery(THERE)
        .execute(
            people(
                    people.stream().map(Person::tenant).toList(),
                    people.stream().map(person -> person.who().kind()).toList(),
                    people.stream().map(person -> person.who().id()).toList(),
                    false)
                .addArrayOfUUID(conversations.toArray(UUID[]::new)))
        .map(Counts::counts);
  }

  /** Somebody of a tenant. */
  record Person(String tenant, Recipient who) {}

  private static Tuple people(
      List<String> tenants, List<String> kinds, List<String> ids, boolean impersonated) {
    return Tuple.tuple()
        .addArrayOfString(tenants.toArray(String[]::new))
        .addArrayOfString(kinds.toArray(String[]::new))
        .addArrayOfString(ids.toArray(String[]::new))
        .addBoolean(impersonated);
  }

  private static List<Count> counts(RowSet<Row> rows) {
    List<Count> counts = new ArrayList<>(rows.size());
    for (Row row : rows) {
      counts.add(
          new Count(
              row.getString("tenant"),
              row.getString("kind"),
              row.getString("subject_id"),
              row.getUUID("conversation_id"),
              ConversationType.of(row.getString("type")),
              row.getBoolean("granted"),
              row.getLong("read_seq"),
              row.getLong("last_seq"),
              row.getLong("rev"),
              row.getLong("unread"),
              row.getLong("mentions"),
              row.getLong("thread_unread"),
              row.getLong("total"),
              row.getLong("version")));
    }
    return counts;
  }
}
