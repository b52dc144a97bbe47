-- Who is editing what; one that has run out is as good as none.
create table lease (
  conversation_id uuid        not null references conversation (id),
  resource        text        not null,
  tenant          text        not null,
  holder_id       text        not null,
  holder_name     text        not null,
  session_id      text,
  expires_at      timestamptz not null,
  primary key (conversation_id, resource)
);

create index lease_session on lease (tenant, session_id) where session_id is not null;
