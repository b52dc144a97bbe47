-- Which state of a mass message its author's devices know: what they were spared is told a second later.
alter table broadcast add column told_version bigint not null default 0;
create index broadcast_untold on broadcast (told_at) where state = 'running' and told_version < version;
