-- How far a message got to each number.
create table delivery (
  tenant     text        not null,
  message_id uuid        not null,
  recipient  text        not null,
  status     text        not null,
  code       text,
  reason     text,
  segments   integer     not null,
  at         timestamptz not null,
  primary key (tenant, message_id, recipient)
);
