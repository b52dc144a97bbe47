-- The deal of a deal room, as its creation told: who sees it may have the room open. Rooms that were taken in
-- before are live for their members alone.
alter table conversation_copy add column deal text;
