-- The deal of a deal room, as its creation told: who sees it finds what is said in the room. Rooms that were
-- taken in before are found by their members alone.
alter table conversation_copy add column deal text;

create index conversation_copy_deal on conversation_copy (tenant, conversation_id) where deal is not null;
