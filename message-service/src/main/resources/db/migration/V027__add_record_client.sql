-- Which contacts are clients, by company.
alter table record_copy add column client boolean not null default false;

update record_copy set client = true
where type = 'contact' and not deleted and (data::json ->> 'client')::boolean;

create index record_copy_client on record_copy (tenant, company_id, id) where client;
