-- What a thread's root shows of its replies: to staff, and to clients, who see the public ones.
alter table message
  add column thread_count         bigint,
  add column thread_seq           bigint,
  add column thread_people        text[],
  add column thread_at            timestamptz,
  add column client_thread_count  bigint,
  add column client_thread_seq    bigint,
  add column client_thread_people text[],
  add column client_thread_at     timestamptz;
