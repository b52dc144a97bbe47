-- What happened, where it is the system that says so: {event, params}.
alter table message add column system text;
