package dev.parley.presence.edge;

import java.util.List;
import java.util.UUID;

/**
 * Where a node begins to read.
 *
 * @param logs the topics of {@link Lanes}, in the order of their lanes; the timeline is the first
 * @param positions the offset of each lane at which this node begins
 */
record LogStart(List<Log> logs, long[] positions) {
  /** How many lanes are the timeline's. */
  int timeline() {
    return logs.get(0).lanes();
  }

  /**
   * One topic.
   *
   * @param id what it has for as long as it exists
   * @param lanes its partitions
   */
  record Log(String name, UUID id, int lanes) {}
}
