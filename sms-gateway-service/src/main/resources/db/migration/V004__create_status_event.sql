-- Status callbacks for texts that we do not know (yet): kept 24 h and applied when we do.
create table status_event (
  provider    text        not null,
  provider_id text        not null,
  status      text        not null,
  code        text,
  reason      text,
  received_at timestamptz not null,
  primary key (provider, provider_id, status)
);

create index status_event_received_at on status_event (received_at);
