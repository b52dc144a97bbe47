package dev.parley.chassis.record;

import java.util.Set;

/**
 * The CRM has told of these records, and this service's table has what it told, or something newer.
 * Fired on every node for every record that is copied, once or more, on the reader's thread.
 */
public record RecordsChanged(Set<Key> records) {
  /** Which record. */
  public record Key(String tenant, String type, String id) {}
}
