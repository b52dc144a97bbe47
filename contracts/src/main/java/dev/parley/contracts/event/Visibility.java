package dev.parley.contracts.event;

import com.fasterxml.jackson.annotation.JsonValue;

/** Internal notes are seen by staff alone (product.md §4). */
public enum Visibility implements Wire {
  ALL,
  INTERNAL;

  @JsonValue
  @Override
  public String wire() {
    return Wire.super.wire();
  }

  /** The value of that wire name. */
  public static Visibility of(String wire) {
    return Wire.of(Visibility.class, wire);
  }
}
