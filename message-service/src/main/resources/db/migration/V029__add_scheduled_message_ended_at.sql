-- When nothing was left to do, from which it is kept for some time.
alter table scheduled_message add column ended_at timestamptz;

update scheduled_message set ended_at = now() where due_at is null;

create index scheduled_message_ended on scheduled_message (ended_at) where ended_at is not null;
