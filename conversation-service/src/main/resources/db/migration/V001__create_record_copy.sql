-- The CRM's records as last told, deleted ones too: a deletion is a version like any other, so that an
-- older one that comes late brings nothing back.
create table record_copy (
  tenant     text    not null,
  type       text    not null,
  id         text    not null,
  version    bigint  not null,
  deleted    boolean not null,
  name       text,
  active     boolean not null,
  is_client  boolean not null,
  company_id text,
  phones     text[]  not null,
  -- owner, assignees, followers and account team: what "assigned data only" means
  linked     text[]  not null,
  visible_to text[],
  data       text    not null,
  primary key (tenant, type, id)
);

create index record_copy_phones on record_copy using gin (phones) where type = 'contact' and not deleted;

-- What a record is found by: its name from each word on, its e-mail address; folded.
create table record_word_copy (
  tenant text not null,
  type   text not null,
  id     text not null,
  word   text collate "C" not null,
  primary key (tenant, type, id, word)
);

create index record_word_copy_word on record_word_copy (tenant, type, word);
