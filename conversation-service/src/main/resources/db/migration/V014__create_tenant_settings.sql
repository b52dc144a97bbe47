-- What a tenant's administrators have set, by key; defaults are in the program.
create table tenant_settings (
  tenant  text   primary key,
  version bigint not null,
  data    text   not null
);
