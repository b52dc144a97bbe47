-- What message-service last told of a member's unread messages, for the list of conversations with some.
alter table member
  add column unread         boolean not null default false,
  add column read_seq       bigint  not null default 0,
  add column unread_version bigint  not null default 0;

-- These change often and are in no index: let a new version of a row stay on its page.
alter table member set (fillfactor = 80);
