package dev.parley.presence.edge;

import java.util.UUID;

/**
 * Where a node begins to read the log.
 *
 * @param topic the id that the topic has for as long as it exists
 * @param first the offset of each partition's oldest record
 * @param positions the offset at which this node begins
 */
record LogStart(UUID topic, long[] first, long[] positions) {}
