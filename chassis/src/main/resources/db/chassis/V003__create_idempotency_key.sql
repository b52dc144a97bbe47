-- Answers to creating requests that came with an Idempotency-Key (api.md, Conventions): kept 7 days.
create table idempotency_key (
  tenant     text        not null,
  caller     text        not null,
  key        text        not null,
  request    bytea       not null,
  status     smallint    not null,
  response   text        not null,
  created_at timestamptz not null default clock_timestamp(),
  primary key (tenant, caller, key)
);

create index idempotency_key_created_at on idempotency_key (created_at);
