-- What carriers told us, as they told it, once per message of theirs.
create table inbound_event (
  provider      text        not null,
  provider_id   text        not null,
  tenant        text        not null,
  own_number    text        not null,
  their_number  text        not null,
  raw           jsonb       not null,
  received_at   timestamptz not null,
  primary key (provider, provider_id)
);

create index inbound_event_tenant on inbound_event (tenant, received_at);
