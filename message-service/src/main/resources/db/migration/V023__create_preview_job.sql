-- Messages whose links are to be looked at; due_at is when a node is to do it.
create table preview_job (
  tenant          text        not null,
  message_id      uuid        not null,
  conversation_id uuid        not null,
  due_at          timestamptz not null,
  attempts        integer     not null,
  primary key (tenant, message_id)
);

create index preview_job_due on preview_job (due_at);
