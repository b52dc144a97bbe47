-- Events whose effect is in this database. Written in the effect's own transaction.
create table inbox (
  consumer    text        not null,
  event_id    uuid        not null,
  received_at timestamptz not null default clock_timestamp(),
  primary key (consumer, event_id)
);

create index inbox_received_at on inbox (received_at);
