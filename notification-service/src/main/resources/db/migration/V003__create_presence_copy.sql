-- Who is online, and until when somebody was; the newest event wins.
create table presence_copy (
  tenant       text        not null,
  kind         text        not null,
  id           text        not null,
  state        text        not null,
  changed_at   timestamptz not null,
  online_until timestamptz,
  primary key (tenant, kind, id)
);
