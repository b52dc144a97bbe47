package dev.parley.conversation.inboxes;

/**
 * Which conversations an inbox has (product.md §3), as the clauses of a query: {@code $1} is the
 * tenant, {@code $2} the reader.
 */
enum Inbox {
  /** The customer conversations of the tenant: for who sees all of them. */
  TEAM(
      "a.active_at",
      """
      from activity a
      join conversation c on c.id = a.conversation_id and c.tenant = a.tenant
      where a.tenant = $1 and $2::text is not null and
      """
          + Inbox.CUSTOMER),

  /** Those that the reader takes part in: for who sees assigned data only. */
  TEAM_OF_ASSIGNED("a.active_at", Inbox.MINE + Inbox.CUSTOMER),

  /** Those whose contact the reader owns or is assigned to, or that are assigned to the reader. */
  ASSIGNED(
      "a.active_at",
      """
      from (
        select id from conversation where tenant = $1 and assignee_id = $2
        union
        select id from conversation where tenant = $1 and contact_owner_id = $2
        union
        select o.id from member m
        join conversation o on o.tenant = m.tenant and o.id = m.conversation_id
        join record_copy r on r.tenant = o.tenant and r.type = 'contact' and r.id = o.contact_id
          and not r.deleted
        where m.tenant = $1 and m.kind = 'user' and m.subject_id = $2 and m.state = 'active'
          and $2 = any(r.assignees)) assigned
      join conversation c on c.id = assigned.id
      join activity a on a.tenant = c.tenant and a.conversation_id = c.id
      where c.tenant = $1 and
      """
          + Inbox.CUSTOMER),

  /** The reader's own internal chats; what the reader may not see moves none. */
  INTERNAL(
      """
      greatest(m.joined_at,
               case when a.last_seq >= m.visible_from_seq then a.last_message_at end)
      """,
      Inbox.MINE
          + """
          c.type = 'internal_chat' and c.state <> 'archived'
          and (m.hidden_seq is null or m.hidden_seq
            < case when a.last_seq >= m.visible_from_seq then a.last_seq else 0 end)
          """);

  /** A client's channel is there before anybody has used it; until then no inbox has it. */
  private static final String CUSTOMER =
      """
      c.type in ('client', 'client_group', 'company', 'sms') and c.state <> 'archived'
      and a.last_seq > a.unused_upto
      """;

  private static final String MINE =
      """
      from member m
      join conversation c on c.tenant = m.tenant and c.id = m.conversation_id
      join activity a on a.tenant = c.tenant and a.conversation_id = c.id
      where m.tenant = $1 and m.kind = 'user' and m.subject_id = $2 and m.state = 'active' and
      """;

  /** A page of ids, newest activity first, behind {@code ($3, $4)}. */
  final String page;

  final String count;

  Inbox(String at, String from) {
    this.page =
        "select id, at from (select a.conversation_id as id, "
            + at
            + " as at "
            + from
            + ") listed where (at, id) < ($3, $4) order by at desc, id desc limit $5";
    this.count = "select count(*) as n " + from;
  }
}
