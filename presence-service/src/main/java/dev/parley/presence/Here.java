package dev.parley.presence;

import java.time.Instant;

/**
 * What this node knows of one user.
 *
 * @param present whether the user has a socket on this node, or had one within the grace
 * @param active whether one of the devices is in use; null while a new one has not said
 * @param manual {@code online}, {@code away}, {@code dnd}, {@code auto} (no longer set by hand), or
 *     null where nothing was said
 * @param seen when the user was known to use a device last, or null
 */
record Here(
    String tenant, String userId, boolean present, Boolean active, String manual, Instant seen) {}
