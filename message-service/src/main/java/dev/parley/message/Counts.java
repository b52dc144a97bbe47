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
   * $5 which. The total goes over all of a person's conversations in any case.
   */
  private static final String COUNT =
      """
      with followed as (
        select f.tenant, f.kind, f.subject_id, f.conversation_id, f.root_seq, count(*) as replies
        from unnest($1::text[], $2::text[], $3::text[]) as p(tenant, kind, id)
        join thread_follow f on f.tenant = p.tenant and f.kind = p.kind and f.subject_id = p.id
          and f.following %s
        join message x on x.tenant = f.tenant and x.thread_root = f.root_id
          and x.seq > f.read_seq and x.kind = 'user' and x.deleted_at is null
          and not (x.author_id = f.subject_id and x.author_kind = f.kind)
          and (f.kind = 'user' or x.visibility = 'all')
        group by 1, 2, 3, 4, 5
      ), unread_replies as (
        select f.tenant, f.kind, f.subject_id, f.conversation_id, sum(f.replies)::bigint as replies
        from followed f
        join member m on m.tenant = f.tenant and m.conversation_id = f.conversation_id
          and m.kind = f.kind and m.subject_id = f.subject_id and m.visible_from_seq <= f.root_seq
        group by 1, 2, 3, 4
      )
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
        case when s.granted then coalesce(r.replies, 0) else 0 end as thread_unread
      from (
        select m.tenant, m.kind, m.subject_id, m.conversation_id, t.type, m.granted, m.read_seq,
          case m.kind when 'client' then t.client_seq else t.last_seq end as last_seq,
          t.last_rev, t.mention_seq, u.unread,
          (sum(u.unread) over person)::bigint as total,
          (sum(m.marks + case when m.granted then t.last_rev else m.rev end) over person)::bigint
            as version
        from unnest($1::text[], $2::text[], $3::text[]) as p(tenant, kind, id)
        join member m on m.tenant = p.tenant and m.kind = p.kind and m.subject_id = p.id
        join timeline t on t.tenant = m.tenant and t.conversation_id = m.conversation_id
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
        where not ($4 and t.type = 'internal_chat')
        window person as (partition by m.tenant, m.kind, m.subject_id)
      ) s
      left join unread_replies r on r.tenant = s.tenant and r.kind = s.kind
        and r.subject_id = s.subject_id and r.conversation_id = s.conversation_id
      """;

  private static final String EVERYWHERE =
      COUNT.formatted("") + " where s.granted order by s.conversation_id";
  private static final String THERE =
      COUNT.formatted("and f.conversation_id = any($5)") + " where s.conversation_id = any($5)";

  private final Tx tx;

  Counts(Tx tx) {
    this.tx = tx;
  }

  /** The caller's counts in all conversations that they take part in. */
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
              row.getLong("last_rev"),
              row.getLong("unread"),
              row.getLong("mentions"),
              row.getLong("thread_unread"),
              row.getLong("total"),
              row.getLong("version")));
    }
    return counts;
  }
}
