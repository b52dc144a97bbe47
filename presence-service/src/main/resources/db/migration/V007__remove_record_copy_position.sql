-- Contacts are copied from now on, for what they are called: all that the CRM has told is read again.
delete from record_copy_position;
