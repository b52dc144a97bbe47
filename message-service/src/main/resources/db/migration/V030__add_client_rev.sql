-- Places in the log as readers have them who do not see everything. client_rev: of the last change that clients
-- see; changed_seq, changed_rev: which message changed last, and where, for who does not see those before their time.
alter table timeline
  add column client_rev  bigint not null default 0,
  add column changed_seq bigint not null default 0,
  add column changed_rev bigint not null default 0;

update timeline set client_rev = last_rev, changed_seq = last_seq, changed_rev = last_rev;

-- A message's last change that clients see, where a later one concerned staff alone; else it is rev.
alter table message add column client_rev bigint;

create index message_client_rev on message (tenant, conversation_id, client_rev) where client_rev is not null;
