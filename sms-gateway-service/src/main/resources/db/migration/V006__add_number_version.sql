-- Counts the changes of a number, so that readers of its state know which is newer.
alter table number add column version bigint not null default 1;
