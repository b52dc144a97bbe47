-- What people are writing, by place: a conversation, or a thread there. The version grows over all
-- places and outlives the draft, so that a device knows which of two news is the later one.
create sequence draft_version;

create table draft (
  tenant          text        not null,
  kind            text        not null,
  subject_id      text        not null,
  conversation_id uuid        not null,
  thread          uuid        not null,
  body            text        not null,
  attachments     uuid[]      not null,
  version         bigint      not null,
  updated_at      timestamptz not null,
  primary key (tenant, kind, subject_id, conversation_id, thread)
);
