-- Who may see which part of a conversation, as placed in its log.
create table member (
  tenant           text    not null,
  conversation_id  uuid    not null,
  kind             text    not null,
  subject_id       text    not null,
  member_id        uuid    not null,
  role             text,
  source           text    not null,
  granted          boolean not null,
  effective_seq    bigint  not null,
  visible_from_seq bigint  not null,
  rev              bigint  not null,
  primary key (tenant, conversation_id, kind, subject_id)
);
