-- What happens to a message after it was sent: its last edit and its deletion.
alter table message
  add column edited_at      timestamptz,
  add column edited_version bigint,
  add column deleted_by     text,
  add column deleted_at     timestamptz;

-- What a message said before it was edited.
create table message_version (
  tenant     text        not null,
  message_id uuid        not null,
  version    bigint      not null,
  body       text        not null,
  mentions   text[]      not null,
  at         timestamptz not null,
  primary key (tenant, message_id, version)
);
