-- Who follows which thread, and how far they have read it.
create table thread_follow (
  tenant          text    not null,
  kind            text    not null,
  subject_id      text    not null,
  conversation_id uuid    not null,
  root_id         uuid    not null,
  root_seq        bigint  not null,
  following       boolean not null,
  read_seq        bigint  not null,
  primary key (tenant, kind, subject_id, conversation_id, root_id)
);
