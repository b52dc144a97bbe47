-- Files, from the first word of an upload to the deletion of its bytes; due_at is when something is to be done.
create table attachment (
  tenant          text        not null,
  id              uuid        not null,
  uploader_kind   text        not null,
  uploader_id     text        not null,
  file_name       text        not null,
  size            bigint      not null,
  content_type    text        not null,
  sha256          text        not null,
  state           text        not null,
  reason          text,
  width           integer,
  height          integer,
  thumbnail       text,
  conversation_id uuid,
  message_id      uuid,
  seq             bigint,
  position        smallint,
  due_at          timestamptz,
  created_at      timestamptz not null,
  primary key (tenant, id)
);

create index attachment_listed on attachment (tenant, conversation_id, seq, position)
  where conversation_id is not null;
create index attachment_of_message on attachment (tenant, message_id) where message_id is not null;
create index attachment_due on attachment (due_at) where due_at is not null;
