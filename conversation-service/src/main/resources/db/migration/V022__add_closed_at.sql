-- Since when it is closed: what a customer wrote before does not open it, what is written after does.
alter table conversation add column closed_at timestamptz;

update conversation set closed_at = clock_timestamp() where state = 'closed';
