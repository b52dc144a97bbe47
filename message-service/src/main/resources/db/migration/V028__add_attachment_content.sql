-- Files that go out with many messages have one file's bytes.
alter table attachment add column content_id uuid;

create index attachment_content on attachment (tenant, content_id) where content_id is not null;
