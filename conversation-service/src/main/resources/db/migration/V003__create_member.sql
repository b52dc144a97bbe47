-- Memberships: requested (not yet in the log) -> active -> removing (not yet in the log) -> ended.
-- Their place among the messages comes from message-service's log.
create table member (
  id               uuid        primary key,
  tenant           text        not null,
  conversation_id  uuid        not null references conversation (id),
  kind             text        not null,
  subject_id       text        not null,
  display_name     text        not null,
  role             text,
  source           text        not null,
  state            text        not null,
  joined_at        timestamptz not null,
  effective_seq    bigint,
  visible_from_seq bigint,
  rev              bigint      not null default 0
);

create unique index member_live on member (conversation_id, kind, subject_id)
  where state in ('requested', 'active');
create index member_joined on member (conversation_id, joined_at, id) where state = 'active';
create index member_subject on member (tenant, kind, subject_id) where state = 'active';
