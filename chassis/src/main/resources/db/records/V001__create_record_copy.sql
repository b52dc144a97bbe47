-- What decides who sees a record of the CRM, deleted ones too: a deletion is a version like any other, so
-- that an older one that comes late brings nothing back.
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
  primary key (tenant, type, id)
);

-- Up to where the topics are in record_copy: never ahead of it.
create table record_copy_position (
  topic        text   not null,
  partition_id int    not null,
  next_offset  bigint not null,
  primary key (topic, partition_id)
);
