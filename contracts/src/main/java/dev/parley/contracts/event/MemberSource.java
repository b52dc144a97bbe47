package dev.parley.contracts.event;

import com.fasterxml.jackson.annotation.JsonValue;

/** A derived membership ends when its reason ends, never by hand (product.md §1). */
public enum MemberSource implements Wire {
  MANUAL,
  DERIVED;

  @JsonValue
  @Override
  public String wire() {
    return Wire.super.wire();
  }

  /** The value of that wire name. */
  public static MemberSource of(String wire) {
    return Wire.of(MemberSource.class, wire);
  }
}
