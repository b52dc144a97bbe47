create table bookmark (
  tenant          text        not null,
  id              uuid        not null,
  conversation_id uuid        not null,
  message_id      uuid        not null,
  seq             bigint      not null,
  type            text        not null,
  note            text,
  assignee_id     text,
  due_at          timestamptz,
  status          text        not null,
  visibility      text        not null,
  created_by      text        not null,
  created_at      timestamptz not null,
  version         bigint      not null,
  reminded_at     timestamptz,
  primary key (tenant, id)
);

create index bookmark_message on bookmark (tenant, message_id);
create index bookmark_conversation on bookmark (tenant, conversation_id, created_at);
create index bookmark_newest on bookmark (tenant, created_at, id);
create index bookmark_assignee on bookmark (tenant, assignee_id, created_at) where assignee_id is not null;
create index bookmark_due on bookmark (due_at)
  where due_at is not null and reminded_at is null and status = 'open';

-- Whether there ever was one: a page looks for no other.
alter table message add column bookmarked boolean not null default false;
