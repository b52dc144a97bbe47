-- Which conversation has (our number, their number), while it is not archived: an SMS conversation its one
-- pair, a mixed group one for each outside number.
create table phone_pair (
  tenant          text not null,
  own_number      text not null,
  their_number    text not null,
  conversation_id uuid not null references conversation (id),
  primary key (tenant, own_number, their_number)
);

create index phone_pair_conversation on phone_pair (tenant, conversation_id);

insert into phone_pair (tenant, own_number, their_number, conversation_id)
select tenant, own_number, external_numbers[1], id from conversation
where type = 'sms' and unique_key is not null;
