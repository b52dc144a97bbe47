-- Who owns and who would succeed, in a channel of 10,000 without reading it.
create index member_managers on member (conversation_id, role, joined_at, id)
  where state = 'active' and role in ('owner', 'admin');
