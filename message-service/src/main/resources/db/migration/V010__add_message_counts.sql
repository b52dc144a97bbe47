-- The conversation's running numbers when the message was placed.
alter table message
  add column staff_count  bigint not null default 0,
  add column client_count bigint not null default 0;

update message m
set staff_count = n.staff, client_count = n.client
from (
  select tenant, id,
    count(*) filter (where kind = 'user' and thread_root is null) over so_far as staff,
    count(*) filter (where kind = 'user' and thread_root is null and visibility = 'all')
      over so_far as client
  from message window so_far as (partition by tenant, conversation_id order by seq)
) n
where m.tenant = n.tenant and m.id = n.id;

update timeline t
set staff_count = n.staff, client_count = n.client, client_seq = n.client_seq,
  mention_seq = n.mention_seq, deleted_seq = n.deleted_seq
from (
  select tenant, conversation_id, max(staff_count) as staff, max(client_count) as client,
    coalesce(max(seq) filter (where visibility = 'all'), 0) as client_seq,
    coalesce(max(seq) filter (where mentions <> '{}'), 0) as mention_seq,
    coalesce(max(seq) filter (where deleted_at is not null), 0) as deleted_seq
  from message group by 1, 2
) n
where t.tenant = n.tenant and t.conversation_id = n.conversation_id;

create index message_mentioning on message (tenant, conversation_id, seq) where mentions <> '{}';
create index message_deleted on message (tenant, conversation_id, seq) where deleted_at is not null;
