-- Groups may stand on a number of ours, too: whose texts begin with a name.
alter table conversation_copy add column type text not null default 'sms';
