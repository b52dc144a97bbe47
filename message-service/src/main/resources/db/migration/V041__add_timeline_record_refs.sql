-- Records attached to the conversation, `type:id`; of an older one known with its next change.
alter table timeline add column record_refs text[] not null default '{}';
