package dev.parley.presence.edge;

import java.util.List;
import java.util.UUID;

/**
 * Where a node begins to read.
 *
 * @param topics the ids that the topics of {@link Lanes} have for as long as they exist
 * @param timeline how many lanes are the timeline's
 * @param positions the offset of each lane at which this node begins
 */
record LogStart(List<UUID> topics, int timeline, long[] positions) {}
