-- Texts to be used again; owner is the user, or empty for all of the tenant. The code is compared in lower case.
create table canned_response (
  tenant     text        not null,
  id         uuid        not null,
  owner      text        not null,
  short_code text        not null,
  body       text        not null,
  version    bigint      not null,
  created_by text        not null,
  updated_at timestamptz not null,
  primary key (tenant, id)
);

create unique index canned_response_code on canned_response (tenant, owner, lower(short_code));
