-- Which numbers an sms conversation stands between, by the timeline log.
create table conversation_copy (
  id               uuid   primary key,
  tenant           text   not null,
  own_number       text   not null,
  external_numbers text[] not null,
  rev              bigint not null
);
