-- Since when there is something to tell of the message, where an edit has mentioned the reader.
alter table mail_message add column since timestamptz;
