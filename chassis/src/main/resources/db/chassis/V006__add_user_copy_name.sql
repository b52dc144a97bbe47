-- What people call a user: where ids are no use, as in texts to phones.
alter table user_copy add column name text;
-- The records that were read without it are read again.
delete from user_copy_position;
