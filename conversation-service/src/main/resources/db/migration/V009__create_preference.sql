-- What one person keeps of a conversation for themselves. Hidden holds up to that message: with the next
-- one that the reader may see it is back, without anything being written.
create table preference (
  tenant          text    not null,
  kind            text    not null,
  subject_id      text    not null,
  conversation_id uuid    not null references conversation (id),
  starred         boolean not null,
  hidden_seq      bigint,
  version         bigint  not null,
  primary key (tenant, kind, subject_id, conversation_id)
);

-- Again beside the membership of who takes part, so that a list of 2,000 needs no look more for it.
alter table member
  add column starred    boolean not null default false,
  add column hidden_seq bigint;
