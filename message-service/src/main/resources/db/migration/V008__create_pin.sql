create table pin (
  tenant          text        not null,
  conversation_id uuid        not null,
  message_id      uuid        not null,
  seq             bigint      not null,
  by_id           text        not null,
  at              timestamptz not null,
  primary key (tenant, conversation_id, message_id)
);

-- Grows with each change of a conversation's pins.
alter table timeline add column pin_version bigint not null default 0;

alter table message add column pinned boolean not null default false;
