package dev.parley.message;

/**
 * The statements of {@link Counts}: what a count is, written once, for some people in some
 * conversations and for one person in all of theirs.
 */
final class CountSql {
  /** What is unread for {@code member m} under {@code timeline t}. */
  private static final String UNREAD =
      """
      case when m.granted then
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
      else 0 end
      """;

  /** Whether the total leaves it out: hidden, and nothing said since, or muted. */
  private static final String QUIET =
      """
      coalesce(m.hidden_seq >= t.said_seq or m.muted_until > statement_timestamp(), false)
      """;

  /**
   * What one conversation adds to the person's clock. A mute that has run out counts like any
   * change, so that the total after it is known as the newer one. The database's clock says when:
   * it is one for all nodes.
   */
  private static final String MOVES =
      """
      m.marks + case when m.muted_until <= statement_timestamp() then 1 else 0 end
        + case when m.granted then r.rev else m.rev end
      """;

  private static final String REV = Timelines.READER_REV.formatted("m.kind");
  private static final String LAST_SEQ =
      """
      case when case m.kind when 'client' then t.client_seq else t.last_seq end >= m.visible_from_seq
        then case m.kind when 'client' then t.client_seq else t.last_seq end else 0 end
      """;

  /**
   * Mentions after the place that was read to. Filled in with the names of the member and of the
   * head, and with what mentions the member.
   */
  private static final String MENTIONS =
      """
      case when %1$s.granted and %2$s.mention_seq > %1$s.read_seq then (
        select count(*) from message x
        where x.tenant = %1$s.tenant and x.conversation_id = %1$s.conversation_id
          and x.seq > %1$s.read_seq and x.mentions <> '{}'
          and (x.mentions && array['channel', 'here']
            or %3$s)
          and x.kind = 'user' and x.thread_root is null
          and not (x.author_id = %1$s.subject_id and x.author_kind = %1$s.kind)
          and (%1$s.kind = 'user' or x.visibility = 'all'))
      else 0 end
      """;

  /** Replies after the place that was read to, in one thread; over {@code thread_follow f}. */
  private static final String REPLIES =
      """
      select count(*) as replies from message x
      where x.tenant = f.tenant and x.thread_root = f.root_id
        and x.seq > f.read_seq and x.kind = 'user' and x.deleted_at is null
        and not (x.author_id = f.subject_id and x.author_kind = f.kind)
        and (f.kind = 'user' or x.visibility = 'all')
      offset 0
      """;

  /**
   * $1–$3 the people; $4 whether somebody else acts as them; $5 which conversations. The total goes
   * over all of a person's conversations in any case.
   *
   * <p>{@code offset 0} keeps the order: person, their memberships, each one's head. Row-level
   * security hides from the planner how few rows a tenant is; left alone, it joined all people with
   * all heads of their tenant.
   */
  static final String THERE =
      """
      select s.*, %s as mentions,
        case when s.granted then (
          select coalesce(sum(r.replies), 0)::bigint
          from thread_follow f
          cross join lateral (%s) r
          where f.tenant = s.tenant and f.kind = s.kind and f.subject_id = s.subject_id
            and f.conversation_id = s.conversation_id and f.following
            and f.root_seq >= s.visible_from_seq)
        else 0 end as thread_unread
      from (
        select m.tenant, m.kind, m.subject_id, m.conversation_id, t.type, m.granted, m.read_seq,
          m.visible_from_seq, %s as last_seq, r.rev, t.mention_seq, u.unread,
          (sum(case when %s then 0 else u.unread end) over person)::bigint as total,
          (sum(%s) over person)::bigint as version
        from unnest($1::text[], $2::text[], $3::text[]) as p(tenant, kind, id)
        cross join lateral (
          select * from member
          where tenant = p.tenant and kind = p.kind and subject_id = p.id
          offset 0) m
        cross join lateral (
          select * from timeline
          where tenant = m.tenant and conversation_id = m.conversation_id
          offset 0) t
        cross join lateral (select %s as unread offset 0) u
        cross join lateral (select %s as rev offset 0) r
        where not ($4 and t.type = 'internal_chat')
        window person as (partition by m.tenant, m.kind, m.subject_id)
      ) s
      where s.conversation_id = any($5)
      """
          .formatted(mentions("s", "s"), REPLIES, LAST_SEQ, QUIET, MOVES, UNREAD, REV);

  /**
   * The conversations of one person ($1–$3), $4 whether somebody else acts as them; then, with
   * {@code granted} null, those where they have something unread in threads. One statement is one
   * snapshot. It leaves the adding up to its reader and looks for threads once instead of once a
   * conversation, which is most of the price where there are thousands.
   */
  static final String EVERYWHERE =
      """
      select m.conversation_id, t.type, m.granted, m.visible_from_seq, m.read_seq,
        %s as last_seq, r.rev, %s as unread, %s as mentions, 0::bigint as thread_unread, %s as quiet, %s as moves
      from (
        select * from member where tenant = $1 and kind = $2 and subject_id = $3 offset 0) m
      cross join lateral (
        select * from timeline
        where tenant = m.tenant and conversation_id = m.conversation_id
        offset 0) t
      cross join lateral (select %s as rev offset 0) r
      where not ($4 and t.type = 'internal_chat')
      union all
      select f.conversation_id, null, null, null, null,
        null, null, null, null, sum(r.replies)::bigint, null, null
      from (
        select * from thread_follow
        where tenant = $1 and kind = $2 and subject_id = $3 and following
        offset 0) f
      cross join lateral (
        select visible_from_seq from member
        where tenant = f.tenant and conversation_id = f.conversation_id
          and kind = f.kind and subject_id = f.subject_id and granted
        offset 0) m
      cross join lateral (%s) r
      where f.root_seq >= m.visible_from_seq
      group by f.conversation_id
      """
          .formatted(LAST_SEQ, UNREAD, mentions("m", "t"), QUIET, MOVES, REV, REPLIES);

  private static String mentions(String member, String head) {
    return MENTIONS.formatted(member, head, Mentions.names(member, "x.mentions"));
  }

  private CountSql() {}
}
