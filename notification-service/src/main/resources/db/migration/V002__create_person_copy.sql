-- Whom a notice can reach, from the CRM's records (user: user, contact: client); the highest version wins.
create table person_copy (
  tenant  text    not null,
  kind    text    not null,
  id      text    not null,
  name    text,
  email   text,
  active  boolean not null,
  version bigint  not null,
  primary key (tenant, kind, id)
);
