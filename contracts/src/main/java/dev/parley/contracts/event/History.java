package dev.parley.contracts.event;

import com.fasterxml.jackson.annotation.JsonValue;

/** What a newcomer sees of what was written before. */
public enum History implements Wire {
  ALL,
  FROM_NOW;

  @JsonValue
  @Override
  public String wire() {
    return Wire.super.wire();
  }

  /** The value of that wire name. */
  public static History of(String wire) {
    return Wire.of(History.class, wire);
  }
}
