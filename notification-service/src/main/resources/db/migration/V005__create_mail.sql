-- One e-mail to one person about one conversation: waiting while a burst may go on, then
-- sending -> sent, retry, cancelled or failed. due_at is when somebody has to do something about it: while
-- sending, that is when the node that claimed it is taken for dead.
create table mail (
  id              uuid        primary key,
  tenant          text        not null,
  kind            text        not null,
  person          text        not null,
  conversation_id uuid        not null,
  state           text        not null check (state in ('waiting', 'sending', 'retry', 'sent', 'cancelled', 'failed')),
  due_at          timestamptz not null,
  attempts        int         not null default 0,
  created_at      timestamptz not null,
  done_at         timestamptz,
  reason          text
);

create unique index mail_waiting on mail (tenant, kind, person, conversation_id) where state = 'waiting';
create index mail_due on mail (due_at) where state in ('waiting', 'sending', 'retry');
create index mail_done on mail (done_at) where done_at is not null;

-- The words, once however many are told of them; removed with the last mail that quotes them.
create table mail_text (
  message_id  uuid        primary key,
  seq         bigint      not null,
  author_kind text        not null,
  author_id   text,
  author_name text        not null,
  internal    boolean     not null,
  excerpt     text        not null,
  at          timestamptz not null
);

create index mail_text_at on mail_text (at);

create table mail_message (
  mail_id    uuid    not null references mail on delete cascade,
  message_id uuid    not null references mail_text,
  mentioned  boolean not null,
  primary key (mail_id, message_id)
);

create index mail_message_message on mail_message (message_id);
