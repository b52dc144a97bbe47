-- What type a conversation is of, as the log says with its rights; it never changes.
create table conversation_copy (
  tenant text not null,
  conversation_id uuid not null,
  type text not null,
  primary key (tenant, conversation_id)
);
