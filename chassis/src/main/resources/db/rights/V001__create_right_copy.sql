-- Who may see which conversation, from which message on: taken from the timeline log alone, newest rev wins.
-- Ended memberships stay with granted = false, so that an older record cannot bring them back.
create table right_copy (
  tenant           text    not null,
  conversation_id  uuid    not null,
  kind             text    not null,
  subject          text    not null,
  granted          boolean not null,
  visible_from_seq bigint  not null,
  rev              bigint  not null,
  primary key (tenant, conversation_id, kind, subject)
);

create index right_copy_subject on right_copy (tenant, kind, subject) include (conversation_id, visible_from_seq)
  where granted;
