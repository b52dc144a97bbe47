-- Who may see what, as message-service's log says; one row for each person ever in a conversation.
create table member_copy (
  tenant text not null,
  conversation_id uuid not null,
  kind text not null,
  id text not null,
  granted boolean not null,
  effective_seq bigint not null,
  visible_from_seq bigint not null,
  -- of the record that said so last
  rev bigint not null,
  -- of the record that began the present membership
  since_rev bigint not null,
  primary key (tenant, kind, id, conversation_id)
);

-- Up to where the log is in member_copy: written in the same transaction.
create table copy_position (
  partition_id int primary key,
  next_offset bigint not null
);
