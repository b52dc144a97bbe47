-- What the probes change, so that tests can count.
create table head (
  key text   primary key,
  n   bigint not null
);

create table effect (
  tenant   text   not null,
  event_id uuid   not null,
  times    bigint not null
);

create table thing (
  id     uuid primary key,
  tenant text not null,
  name   text not null
);
