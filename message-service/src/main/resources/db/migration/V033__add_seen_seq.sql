-- The furthest that was ever read, where a mark was taken back behind it; null where it never was.
alter table member add column seen_seq bigint;
alter table thread_follow add column seen_seq bigint;
