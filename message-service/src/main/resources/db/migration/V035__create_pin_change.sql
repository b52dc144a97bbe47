-- At which version of the conversation's pins each message was pinned or unpinned last: what a reader does not see
-- moves no version for them.
create table pin_change (
  tenant          text   not null,
  conversation_id uuid   not null,
  seq             bigint not null,
  version         bigint not null,
  primary key (tenant, conversation_id, seq)
);

insert into pin_change (tenant, conversation_id, seq, version)
select p.tenant, p.conversation_id, p.seq, t.pin_version
from pin p
join timeline t on t.tenant = p.tenant and t.conversation_id = p.conversation_id;
