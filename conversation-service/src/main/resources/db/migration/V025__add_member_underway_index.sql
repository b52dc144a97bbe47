-- Who is still on the way to or from a place in the log; nearly always nobody.
create index member_underway on member (conversation_id) where state in ('requested', 'removing');
