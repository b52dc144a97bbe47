package dev.parley.contracts.event;

import com.fasterxml.jackson.annotation.JsonValue;

/** Who may post in a channel. */
public enum Posting implements Wire {
  ALL,
  ADMINS;

  @JsonValue
  @Override
  public String wire() {
    return Wire.super.wire();
  }

  /** The value of that wire name. */
  public static Posting of(String wire) {
    return Wire.of(Posting.class, wire);
  }
}
