-- Tenants' settings as conversation-service has told of them last.
create table setting_copy (
  tenant  text   primary key,
  version bigint not null,
  data    text   not null
);
