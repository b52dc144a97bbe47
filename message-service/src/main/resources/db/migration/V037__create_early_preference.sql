-- What somebody has hidden or muted who takes no part yet; their membership takes it over.
create table early_preference (
  tenant          text        not null,
  conversation_id uuid        not null,
  kind            text        not null,
  subject_id      text        not null,
  hidden_seq      bigint,
  muted_until     timestamptz,
  version         bigint      not null,
  primary key (tenant, conversation_id, kind, subject_id)
);
