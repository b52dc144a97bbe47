-- Which outside numbers take part in a conversation, by the rights in the timeline log: a membership
-- counts for the messages between its first and its last place there.
create table outsider_copy (
  tenant          text   not null,
  conversation_id uuid   not null,
  member_id       text   not null,
  number          text   not null,
  from_rev        bigint,
  until_rev       bigint,
  primary key (tenant, conversation_id, member_id)
);

create index outsider_copy_conversation on outsider_copy (conversation_id);
