-- The newest message that clients may see, beside the newest of all: an internal note moves nothing for them.
-- The words of both, folded, for finding. The state again, so that a list of 2,000 needs one look each.
-- Places: members and those who are about to be, so that nobody counts 10,000 rows to add one.
alter table activity
  add column state             text   not null default 'open',
  add column places            int    not null default 0,
  add column last_words        text   not null default '',
  add column public_seq        bigint not null default 0,
  add column public_message_at timestamptz,
  add column public_message    text,
  add column public_words      text   not null default '';

update activity a
set state = c.state,
    places = (select count(*) from member m
              where m.conversation_id = c.id and m.state in ('requested', 'active'))
from conversation c where c.id = a.conversation_id;
