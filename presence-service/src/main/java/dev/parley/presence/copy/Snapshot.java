package dev.parley.presence.copy;

import java.util.List;

/**
 * A person's memberships, all of one moment.
 *
 * @param positions for each partition the offset up to which (exclusive) the log is in them; -1
 *     where nothing has been read of the partition, and beyond the array's end too
 * @param memberships ended ones too
 */
public record Snapshot(long[] positions, List<Membership> memberships) {
  /** The offset up to which the partition is in the memberships. */
  public long position(int partition) {
    return partition < positions.length ? positions[partition] : -1;
  }
}
