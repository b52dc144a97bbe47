-- The place in the log of the last change of the newest messages: an older change never replaces a newer one.
alter table activity
  add column last_rev   bigint not null default 0,
  add column public_rev bigint not null default 0;
