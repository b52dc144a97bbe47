-- How far a member has read. own_seq: their newest message at top level. marks grows with each change
-- of these, for versions. What was said before one came is not unread.
alter table member
  add column read_seq   bigint not null default 0,
  add column read_count bigint not null default 0,
  add column read_at    timestamptz,
  add column own_seq    bigint not null default 0,
  add column marks      bigint not null default 0;

update member m
set read_seq = effective_seq,
  read_count = coalesce((
    select case m.kind when 'client' then x.client_count else x.staff_count end
    from message x
    where x.tenant = m.tenant and x.conversation_id = m.conversation_id
      and x.seq = m.effective_seq), 0),
  own_seq = coalesce((
    select max(x.seq) from message x
    where x.tenant = m.tenant and x.conversation_id = m.conversation_id
      and x.author_kind = m.kind and x.author_id = m.subject_id
      and x.kind = 'user' and x.thread_root is null), 0);

alter table member set (fillfactor = 80);
create index member_subject on member (tenant, kind, subject_id, conversation_id);
