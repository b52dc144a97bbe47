-- Tickets that were used; kept only as long as a ticket could be tried again.
create table ticket (
  id uuid primary key,
  used_at timestamptz not null
);

create index ticket_used_at on ticket (used_at);
