-- What people chose. Who chose nothing has no row and gets the defaults.
create table preference (
  tenant        text        not null,
  kind          text        not null,
  person        text        not null,
  default_level text        not null,
  by_type       jsonb       not null,
  email         text        not null,
  sound         boolean     not null,
  changed_at    timestamptz not null,
  primary key (tenant, kind, person)
);

-- The level that follows from it for each type of conversation, worked out when it is stored.
create table preference_level (
  tenant text not null,
  kind   text not null,
  person text not null,
  type   text not null,
  level  text not null,
  primary key (tenant, kind, person, type),
  foreign key (tenant, kind, person) references preference on delete cascade
);

-- Finds the few of a large channel who want all of it, without looking at each member.
create index preference_level_all on preference_level (tenant, type) where level = 'all';
