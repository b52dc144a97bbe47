-- Who owns, whether the log has placed them yet or not.
create index member_owner on member (conversation_id) where role = 'owner';
