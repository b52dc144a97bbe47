package dev.parley.contracts.event;

import java.time.Instant;

/**
 * Data of {@code presence.changed}. Best effort: never replayed, the next change corrects a lost
 * one.
 *
 * @param lastActiveAt absent while the user has not been seen
 */
public record PresenceChanged(String userId, PresenceState state, Instant lastActiveAt) {}
