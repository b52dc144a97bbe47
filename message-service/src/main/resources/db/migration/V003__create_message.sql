create table message (
  tenant           text        not null,
  id               uuid        not null,
  conversation_id  uuid        not null,
  seq              bigint      not null,
  rev              bigint      not null,
  client_msg_id    text,
  fingerprint      bytea,
  kind             text        not null,
  author_id        text,
  author_kind      text        not null,
  author_name      text,
  from_number      text,
  impersonated_by  text,
  body             text        not null,
  visibility       text        not null,
  mentions         text[]      not null,
  record_refs      text        not null,
  thread_root      uuid,
  at               timestamptz not null,
  version          bigint      not null,
  primary key (tenant, id),
  unique (tenant, conversation_id, seq),
  unique (tenant, conversation_id, author_id, client_msg_id)
);

-- Catching up by change, and the replies of a thread.
create index message_rev on message (tenant, conversation_id, rev);
create index message_thread on message (tenant, thread_root, seq) where thread_root is not null;
