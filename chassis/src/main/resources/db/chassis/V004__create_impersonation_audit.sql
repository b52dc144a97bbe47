-- Each write of somebody who is logged in as somebody else (product.md §1, Impersonation).
create table impersonation_audit (
  id           uuid        primary key,
  tenant       text        not null,
  user_id      text        not null,
  impersonator text        not null,
  call         text        not null,
  request_id   text,
  at           timestamptz not null default clock_timestamp()
);

create index impersonation_audit_at on impersonation_audit (tenant, at);

create function impersonation_audit_stays() returns trigger language plpgsql as $$
begin
  raise exception 'impersonation_audit is append-only';
end $$;

create trigger impersonation_audit_stays before update or delete or truncate on impersonation_audit
  for each statement execute function impersonation_audit_stays();
