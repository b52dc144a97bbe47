-- The CRM's records as last told, deleted ones too: a deletion is a version like any other, so that an
-- older one that comes late brings nothing back.
create table record_copy (
  tenant      text    not null,
  type        text    not null,
  id          text    not null,
  version     bigint  not null,
  deleted     boolean not null,
  company_id  text,
  merged_into text,
  -- owner, assignees, followers and account team: what "assigned data only" means
  linked      text[]  not null,
  visible_to  text[],
  data        text    not null,
  primary key (tenant, type, id)
);
