-- The message's files as they were when it was sent, so that a page needs no join; null for none.
alter table message add column attachments text;
