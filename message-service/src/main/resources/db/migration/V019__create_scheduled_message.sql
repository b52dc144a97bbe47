-- Messages to be sent later; due_at is when a node is to act, null when there is nothing left to do.
create table scheduled_message (
  tenant            text        not null,
  id                uuid        not null,
  author_kind       text        not null,
  author_id         text        not null,
  author            text        not null,
  conversation_id   uuid        not null,
  conversation_type text        not null,
  request           text        not null,
  send_at           timestamptz not null,
  zone              text        not null,
  state             text        not null,
  reason            text,
  message_id        uuid,
  version           bigint      not null,
  due_at            timestamptz,
  created_at        timestamptz not null,
  primary key (tenant, id)
);

create index scheduled_message_author on scheduled_message (tenant, author_id, send_at, id);
create index scheduled_message_due on scheduled_message (due_at) where due_at is not null;
