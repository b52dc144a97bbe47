create table reaction (
  tenant     text        not null,
  message_id uuid        not null,
  emoji      text        not null,
  kind       text        not null,
  subject_id text        not null,
  at         timestamptz not null,
  primary key (tenant, message_id, emoji, kind, subject_id)
);

-- Grows with each reaction; 0 says that there never was one, so that a page looks for none.
alter table message add column reaction_version bigint not null default 0;
