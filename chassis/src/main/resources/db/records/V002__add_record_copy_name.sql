-- What it is called, for those who act: of what was copied before this, not until the CRM tells of it again.
alter table record_copy add column name text;
