-- Who looks at an upload: a claim is renewed while it lasts, so its end does not tell whose it is.
alter table attachment add column claim uuid;
