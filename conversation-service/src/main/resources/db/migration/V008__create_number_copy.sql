-- Our telephone numbers and who holds them, by the gateway's state topic; the highest version wins.
create table number_copy (
  e164        text    primary key,
  tenant      text    not null,
  sms_enabled boolean not null,
  user_id     text,
  version     bigint  not null
);

create index number_copy_holder on number_copy (tenant, user_id) where user_id is not null;
