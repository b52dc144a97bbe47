-- Numbers that were there before anybody was told of them: one event each, as number.updated has it.
insert into outbox (shard, topic, record_key, event_id, type, payload)
select 0, 'parley.sms.numbers.v1', told.e164, told.id, 'number.updated',
       jsonb_build_object(
         'id', told.id, 'type', 'number.updated', 'version', 1, 'tenant', told.tenant,
         'actor', jsonb_build_object('id', 'system', 'kind', 'system'),
         'at', to_char(now() at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
         'data', jsonb_strip_nulls(jsonb_build_object(
           'e164', told.e164, 'carrier', told.carrier, 'label', told.label,
           'smsEnabled', told.sms_enabled, 'userId', told.user_id, 'version', told.version)))::text
from (select gen_random_uuid() as id, n.* from number n) as told;
