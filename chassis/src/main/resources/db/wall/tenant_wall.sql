-- Row-level security on every table with a tenant, whoever made it: no row is seen or written but those of
-- the tenant that the connection faces; * is all tenants, not set is none. Forced, since the service's role
-- owns its tables.
do $wall$
declare
  one regclass;
begin
  for one in
    select c.oid::regclass from pg_class c
    join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant' and not a.attisdropped
    where c.relnamespace = current_schema()::regnamespace and c.relkind in ('r', 'p')
      and not (c.relrowsecurity and c.relforcerowsecurity
        and exists (select from pg_policy p where p.polrelid = c.oid and p.polname = 'tenant_wall'))
  loop
    execute format('alter table %s enable row level security, force row level security', one);
    execute format('drop policy if exists tenant_wall on %s', one);
    execute format(
      'create policy tenant_wall on %s using (tenant = current_setting(''parley.tenant'', true)'
        || ' or current_setting(''parley.tenant'', true) = ''*'')', one);
  end loop;
end $wall$;
