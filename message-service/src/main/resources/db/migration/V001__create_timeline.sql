-- The head of each conversation's log. Its row lock gives every message, membership and state its place.
create table timeline (
  tenant          text    not null,
  conversation_id uuid    not null,
  type            text    not null,
  state           text    not null,
  posting         text    not null,
  version         bigint  not null,
  last_seq        bigint  not null default 0,
  last_rev        bigint  not null default 0,
  primary key (tenant, conversation_id)
) with (fillfactor = 50);
