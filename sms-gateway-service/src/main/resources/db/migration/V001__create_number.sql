-- Our telephone numbers. A number belongs to one tenant: the first one that named it (product.md §5).
create table number (
  e164         text        primary key,
  tenant       text        not null,
  carrier      text        not null,
  label        text        not null,
  sms_enabled  boolean     not null,
  user_id      text,
  created_at   timestamptz not null,
  updated_at   timestamptz not null,
  -- Before this instant nothing is sent from it: the rate that the carrier allows, on all nodes together.
  next_send_at timestamptz not null
);

create index number_tenant on number (tenant, e164);
create index number_holder on number (tenant, user_id) where user_id is not null;
