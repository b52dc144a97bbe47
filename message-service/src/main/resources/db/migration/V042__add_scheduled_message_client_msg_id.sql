-- One plan under one clientMsgId; of what was planned before these columns are null, whatever ids it has.
alter table scheduled_message
  add column client_msg_id text,
  add column fingerprint   bytea;

create unique index scheduled_message_client_msg_id
  on scheduled_message (tenant, conversation_id, author_id, author_kind, client_msg_id)
  where client_msg_id is not null;
