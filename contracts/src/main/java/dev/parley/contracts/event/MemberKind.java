package dev.parley.contracts.event;

import com.fasterxml.jackson.annotation.JsonValue;

/** What kind of person a membership is of. */
public enum MemberKind implements Wire {
  USER,
  CLIENT,
  PHONE;

  @JsonValue
  @Override
  public String wire() {
    return Wire.super.wire();
  }

  /** The value of that wire name. */
  public static MemberKind of(String wire) {
    return Wire.of(MemberKind.class, wire);
  }
}
