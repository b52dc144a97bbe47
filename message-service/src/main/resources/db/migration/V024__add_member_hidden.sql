-- With which message its member has hidden the conversation; what comes later brings it back.
alter table member
  add column hidden_seq     bigint,
  add column hidden_version bigint not null default 0;
