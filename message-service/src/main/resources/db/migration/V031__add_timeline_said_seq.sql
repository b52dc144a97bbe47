-- The place of the last message that says something: a pill brings nothing back to who has hidden it up to there.
alter table timeline add column said_seq bigint not null default 0;

update timeline set said_seq = last_seq;
