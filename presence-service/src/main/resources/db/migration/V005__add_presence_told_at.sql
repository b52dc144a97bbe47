-- When a change was told last, and when the next one is due that came too soon after it.
alter table presence add column told_at timestamptz;
alter table presence add column due_at timestamptz;
create index presence_due_at on presence (due_at) where due_at is not null;
