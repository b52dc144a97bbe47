package dev.parley.contracts.event;

import com.fasterxml.jackson.annotation.JsonValue;

/** What kind of author a message has. */
public enum AuthorKind implements Wire {
  USER,
  CLIENT,
  PHONE,
  SYSTEM;

  @JsonValue
  @Override
  public String wire() {
    return Wire.super.wire();
  }

  /** The value of that wire name. */
  public static AuthorKind of(String wire) {
    return Wire.of(AuthorKind.class, wire);
  }
}
