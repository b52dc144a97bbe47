-- What the CRM's record of a user says about the user's rights; the highest version wins, a deletion too.
create table user_copy (
  tenant             text    not null,
  id                 text    not null,
  version            bigint  not null,
  active             boolean not null,
  assigned_data_only boolean not null,
  messaging          boolean not null,
  agency             boolean not null,
  primary key (tenant, id)
);

create index user_copy_remarkable on user_copy (tenant, id)
  where not active or assigned_data_only or not messaging or agency;

-- Up to where the topics are in user_copy: never ahead of it.
create table user_copy_position (
  topic        text   not null,
  partition_id int    not null,
  next_offset  bigint not null,
  primary key (topic, partition_id)
);
