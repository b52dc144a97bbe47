-- One text to one number: where we are with it (dispatch) and how far it got (status).
create table sms (
  id              uuid        primary key,
  n               bigint      generated always as identity,
  tenant          text        not null,
  conversation_id uuid        not null,
  message_id      uuid        not null,
  own_number      text        not null,
  their_number    text        not null,
  body            text        not null,
  segments        int         not null,
  dispatch        text        not null check (dispatch in ('waiting', 'sending', 'in_doubt', 'done')),
  status          text        not null,
  code            text,
  reason          text,
  provider        text        not null,
  provider_id     text,
  attempt_id      uuid,
  attempts        int         not null default 0,
  claimed_at      timestamptz,
  due_at          timestamptz not null,
  created_at      timestamptz not null,
  updated_at      timestamptz not null
);

-- A message goes to a number once, however often its event comes.
create unique index sms_once on sms (tenant, message_id, their_number);
create unique index sms_provider_id on sms (provider, provider_id) where provider_id is not null;
-- The wall behind the claim: never two on their way between the same two numbers.
create unique index sms_one_in_flight on sms (tenant, own_number, their_number)
  where dispatch in ('sending', 'in_doubt');
create index sms_undone on sms (tenant, own_number, their_number, n) where dispatch <> 'done';
create index sms_waiting on sms (n) where dispatch = 'waiting';
create index sms_in_flight on sms (due_at) where dispatch in ('sending', 'in_doubt');
