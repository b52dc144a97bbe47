-- Name and subject, folded: what a conversation is found by.
alter table conversation add column words text not null default '';

update conversation set words = lower(coalesce(name, '') || ' ' || coalesce(subject, ''));

create index conversation_channel on conversation (tenant, (name collate "C"))
  where type = 'channel' and state <> 'archived';
