create table conversation (
  id               uuid        primary key,
  tenant           text        not null,
  type             text        not null,
  -- of what there may be one alone: a pair's direct, a channel's name, a deal's room, a live phone pair
  unique_key       text,
  name             text,
  subject          text,
  description      text,
  state            text        not null,
  posting          text,
  created_by       text        not null,
  created_at       timestamptz not null,
  version          bigint      not null,
  own_number       text,
  external_numbers text[],
  contact_id       text,
  contact_owner_id text,
  assignee_id      text,
  followers        text[],
  record_refs      text        not null,
  frozen           text
);

create unique index conversation_unique_key on conversation (tenant, unique_key)
  where unique_key is not null;

-- What messages and members move; apart, so that a message never waits for a change of the conversation.
create table activity (
  conversation_id uuid   primary key references conversation (id),
  tenant          text   not null,
  last_seq        bigint not null default 0,
  last_message_at timestamptz,
  last_message    text,
  member_count    int    not null
) with (fillfactor = 50);
