-- Until when its member has muted the conversation; taken out once that has come and was told.
alter table member add column muted_until timestamptz;

create index member_muted on member (muted_until) where muted_until is not null;
