-- What is said beside records of the CRM, one row per message and record.
create table timeline_entry (
  tenant          text   not null,
  message_id      uuid   not null,
  record_type     text   not null,
  record_id       text   not null,
  conversation_id uuid   not null,
  op              text   not null,
  -- the message's place in its conversation's log: the higher one stands
  version         bigint not null,
  -- place in the tenant's list, a new one with every change; null for what was deleted before it came
  position        bigint,
  entry           text   not null,
  primary key (tenant, message_id, record_type, record_id)
);

create unique index timeline_entry_position on timeline_entry (tenant, position)
  where position is not null;

-- Its lock makes the order of positions the order of commits, so that a reader skips none.
create table timeline_entry_head (
  tenant   text   primary key,
  position bigint not null
);
