-- What deal rooms are about: topic, note and links, which people write. The deal itself is the CRM's.
create table context (
  conversation_id uuid   primary key references conversation (id),
  tenant          text   not null,
  topic           text,
  note            text,
  links           text   not null,
  version         bigint not null,
  changed_by      text,
  changed_by_name text,
  changed_at      timestamptz,
  -- the deal and who may see it, as last told: what tells whether there is anything to tell
  told            text
);

create index record_copy_company on record_copy (tenant, company_id) where company_id is not null;
