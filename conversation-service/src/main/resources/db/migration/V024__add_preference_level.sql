-- What notification-service tells of it: of which messages one wants to be told, and until when it is muted. level_version is that service's.
alter table preference
  add column level         text,
  add column mute_until    timestamptz,
  add column level_version bigint not null default 0;
