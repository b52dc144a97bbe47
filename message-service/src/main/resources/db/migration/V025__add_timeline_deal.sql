-- The deal of a deal room, as its creation told: who sees it sees the room.
alter table timeline add column deal text;
