-- The place of the last change that takes a right away: a send that waited while it was made looks again.
alter table timeline add column rights_rev bigint not null default 0;
