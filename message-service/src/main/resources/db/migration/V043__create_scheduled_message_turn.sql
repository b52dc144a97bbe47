-- What is planned in a conversation and not ended, in the order in which it is sent.
create index scheduled_message_turn on scheduled_message (tenant, conversation_id, send_at, created_at, id)
  where due_at is not null;
