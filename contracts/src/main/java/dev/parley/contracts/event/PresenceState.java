package dev.parley.contracts.event;

import com.fasterxml.jackson.annotation.JsonValue;

/** The best of a user's devices; a manual {@code dnd} wins (product.md §7). */
public enum PresenceState implements Wire {
  ONLINE,
  AWAY,
  DND,
  OFFLINE;

  @JsonValue
  @Override
  public String wire() {
    return Wire.super.wire();
  }

  /** The value of that wire name. */
  public static PresenceState of(String wire) {
    return Wire.of(PresenceState.class, wire);
  }
}
