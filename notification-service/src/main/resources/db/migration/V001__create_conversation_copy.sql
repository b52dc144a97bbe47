-- What a notice says of a conversation; the newest rev of the timeline log wins.
create table conversation_copy (
  conversation_id uuid   primary key,
  tenant          text   not null,
  type            text   not null,
  title           text,
  rev             bigint not null
);
