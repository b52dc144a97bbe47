-- What counts as unread, as running numbers: of all messages so far for staff, of the public ones for
-- clients. They never fall: what is deleted is subtracted where it is counted (ADR "Unread is a difference").
alter table timeline
  add column staff_count  bigint not null default 0,
  add column client_count bigint not null default 0,
  add column client_seq   bigint not null default 0,
  add column mention_seq  bigint not null default 0,
  add column deleted_seq  bigint not null default 0;
