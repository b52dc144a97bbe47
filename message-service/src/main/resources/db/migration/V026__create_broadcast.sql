-- One message to many clients, each in their own channel. The row's lock decides between the last of them
-- and a cancellation.
create table broadcast (
  tenant      text        not null,
  id          uuid        not null,
  author_id   text        not null,
  author      text        not null,
  body        text        not null,
  attachments uuid[]      not null,
  state       text        not null,
  total       bigint      not null,
  sent        bigint      not null,
  failed      bigint      not null,
  version     bigint      not null,
  created_at  timestamptz not null,
  told_at     timestamptz not null,
  ended_at    timestamptz,
  primary key (tenant, id)
) with (fillfactor = 50);

create index broadcast_author on broadcast (tenant, author_id, created_at, id);
create index broadcast_ended on broadcast (ended_at) where ended_at is not null;

-- due_at is when a node is to act, null when there is nothing left to do; the times of one mass message are
-- spread, which is its pace, on however many nodes.
create table broadcast_recipient (
  tenant          text        not null,
  broadcast_id    uuid        not null,
  client_id       text        not null,
  state           text        not null,
  reason          text,
  conversation_id uuid,
  message_id      uuid,
  at              timestamptz,
  attempts        integer     not null,
  due_at          timestamptz,
  primary key (tenant, broadcast_id, client_id)
) with (fillfactor = 80);

create index broadcast_recipient_due on broadcast_recipient (due_at) where due_at is not null;
