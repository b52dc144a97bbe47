-- What people chose for one conversation. level is null for that of the type; the version grows with each choice.
create table conversation_level (
  tenant          text        not null,
  kind            text        not null,
  person          text        not null,
  conversation_id uuid        not null,
  level           text,
  mute_until      timestamptz,
  version         bigint      not null,
  primary key (tenant, kind, person, conversation_id)
);

-- Finds the few of a large channel who want all of it, and what somebody chose of one conversation.
create index conversation_level_all on conversation_level (tenant, conversation_id) where level = 'all';
