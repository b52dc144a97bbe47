-- A user and a client of one id are two authors, each with client ids of their own.
alter table message
  drop constraint message_tenant_conversation_id_author_id_client_msg_id_key,
  add unique (tenant, conversation_id, author_id, author_kind, client_msg_id);
