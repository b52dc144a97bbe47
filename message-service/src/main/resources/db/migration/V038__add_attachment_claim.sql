-- Until when somebody looks at an upload; nobody else copies its bytes meanwhile.
alter table attachment add column claimed_until timestamptz;
