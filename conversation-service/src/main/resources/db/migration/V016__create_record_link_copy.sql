-- Which records name a user as owner, assignee, follower or on the account team, and which contacts have a number:
-- an index on the records' arrays is no help behind row-level security, whose policy is asked first.
create table record_link_copy (
  tenant  text not null,
  user_id text not null,
  type    text not null,
  id      text not null,
  primary key (tenant, user_id, type, id)
);

create index record_link_copy_record on record_link_copy (tenant, type, id);

create table record_phone_copy (
  tenant     text not null,
  phone      text not null,
  contact_id text not null,
  primary key (tenant, phone, contact_id)
);

create index record_phone_copy_contact on record_phone_copy (tenant, contact_id);

insert into record_link_copy (tenant, user_id, type, id)
select distinct tenant, unnest(linked), type, id from record_copy where not deleted;

insert into record_phone_copy (tenant, phone, contact_id)
select distinct tenant, unnest(phones), id from record_copy where type = 'contact' and not deleted;

drop index record_copy_phones;
