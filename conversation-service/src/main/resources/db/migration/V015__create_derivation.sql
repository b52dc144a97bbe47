-- Records that have changed, and conversations whose derived members are to be computed anew: written with the
-- change, worked off after its commit by whichever node comes first.
create table record_due (
  tenant text not null,
  type   text not null,
  id     text not null,
  primary key (tenant, type, id)
);

create table derivation_due (
  tenant          text        not null,
  conversation_id uuid        not null,
  due_at          timestamptz not null default clock_timestamp(),
  primary key (tenant, conversation_id)
);

create index derivation_due_at on derivation_due (due_at);

-- What a conversation keeps of the records behind it.
create table derivation (
  conversation_id uuid primary key references conversation (id),
  tenant          text not null,
  -- who holds our number, in an SMS conversation; who began it, where nobody does
  holder_id       text,
  -- whom of its followers the contact has brought
  contact_followers text[] not null default '{}',
  -- the deal's owner who was last made the room's
  deal_owner_id   text,
  -- why it is or will be archived: deleted, closed; since when; when; whether it was
  archive_cause   text,
  archive_since   timestamptz,
  archive_at      timestamptz,
  archived        boolean not null default false
);

create index derivation_archive on derivation (archive_at) where archive_at is not null and not archived;

insert into derivation (conversation_id, tenant, holder_id)
select id, tenant, case when type = 'sms' and created_by <> 'system' then created_by end
from conversation where type in ('deal_room', 'client', 'client_group', 'company', 'sms');

alter table record_copy add column assignees text[] not null default '{}';

update record_copy r
set assignees = array(select json_array_elements_text(r.data::json -> 'assignees'))
where type = 'contact' and r.data::json ->> 'assignees' is not null;

create index conversation_contact on conversation (tenant, contact_id) where contact_id is not null;
create index conversation_own_number on conversation (tenant, own_number) where own_number is not null;
create index member_person on member (tenant, kind, subject_id) where state in ('requested', 'active');

-- A client's own channel is not listed for staff before its first message behind the welcome.
alter table activity add column unused_upto bigint not null default -1;
