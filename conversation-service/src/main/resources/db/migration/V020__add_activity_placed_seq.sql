-- The greatest place of any message, pills included; last_seq is that of the newest that says something.
alter table activity add column placed_seq bigint not null default 0;

update activity set placed_seq = last_seq;
