-- When something last happened in a conversation, whoever reads: what inboxes are ordered by.
alter table activity add column begun_at timestamptz not null default clock_timestamp();

update activity a set begun_at = c.created_at from conversation c where c.id = a.conversation_id;

alter table activity add column active_at timestamptz
  generated always as (coalesce(last_message_at, begun_at)) stored;

create index activity_active_at on activity (tenant, active_at desc, conversation_id desc);
create index conversation_assignee on conversation (tenant, assignee_id) where assignee_id is not null;
create index conversation_contact_owner on conversation (tenant, contact_owner_id)
  where contact_owner_id is not null;
