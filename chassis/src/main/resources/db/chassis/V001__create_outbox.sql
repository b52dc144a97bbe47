-- Events that were committed and not yet published. The id is drawn after the aggregate's row is locked,
-- so that for one record key the order of ids is the order of commits.
create table outbox (
  id          bigint generated always as identity primary key,
  shard       smallint    not null,
  topic       text        not null,
  record_key  text        not null,
  event_id    uuid        not null,
  type        text        not null,
  traceparent text,
  request_id  text,
  payload     text        not null,
  created_at  timestamptz not null default clock_timestamp()
) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000, fillfactor = 90);

-- What the broker will never take (too large): kept for a person to look at, never dropped silently.
create table outbox_parked (
  id         bigint      primary key,
  topic      text        not null,
  record_key text        not null,
  event_id   uuid        not null,
  type       text        not null,
  payload    text        not null,
  reason     text        not null,
  parked_at  timestamptz not null default clock_timestamp()
);
