package dev.parley.contracts.event;

import java.time.Instant;

/**
 * Of which messages of a conversation somebody wants to be told, as it is now.
 *
 * @param level absent: that of the conversation's type
 * @param muteUntil absent while it is not muted; muted no longer once it has come
 * @param version of two states the one with the higher version holds
 */
public record LevelUpdated(Level level, Instant muteUntil, long version) {}
