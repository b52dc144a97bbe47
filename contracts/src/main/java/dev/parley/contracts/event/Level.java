package dev.parley.contracts.event;

import com.fasterxml.jackson.annotation.JsonValue;

/** Which messages of a conversation somebody wants to be told of (product.md §9). */
public enum Level implements Wire {
  ALL,
  MENTIONS,
  /** Being added, but no message. */
  ADDED_ONLY,
  NONE;

  @JsonValue
  @Override
  public String wire() {
    return Wire.super.wire();
  }

  /** The value of that wire name. */
  public static Level of(String wire) {
    return Wire.of(Level.class, wire);
  }
}
