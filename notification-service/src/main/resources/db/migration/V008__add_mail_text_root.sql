-- Where a reply's thread begins: who does not see that is not told of the reply. The place comes behind the reply.
alter table mail_text
  add column thread_root uuid,
  add column root_seq    bigint;

create index mail_text_rootless on mail_text (thread_root) where thread_root is not null and root_seq is null;
