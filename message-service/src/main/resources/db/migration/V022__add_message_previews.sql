-- What the links in a message lead to.
alter table message add column previews text;
