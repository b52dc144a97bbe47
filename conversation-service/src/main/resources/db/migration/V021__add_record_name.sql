-- Which name of its record a conversation was given last: only what still bears it follows the record.
alter table derivation add column record_name text;

update derivation d set record_name = c.name
from conversation c
where c.id = d.conversation_id and c.type = 'company'
  and (c.created_by = 'system' or exists (select from record_copy r
    where r.tenant = c.tenant and r.type = 'company' and c.unique_key = 'company/' || r.id
      and r.name = c.name));

create index derivation_holder on derivation (tenant, holder_id) where holder_id is not null;
create index conversation_followed on conversation (tenant) where followers is not null;
