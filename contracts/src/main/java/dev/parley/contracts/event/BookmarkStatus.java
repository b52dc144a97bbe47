package dev.parley.contracts.event;

import com.fasterxml.jackson.annotation.JsonValue;

/** Whether something is still to be done. */
public enum BookmarkStatus implements Wire {
  OPEN,
  DONE;

  @JsonValue
  @Override
  public String wire() {
    return Wire.super.wire();
  }

  /** The value of that wire name. */
  public static BookmarkStatus of(String wire) {
    return Wire.of(BookmarkStatus.class, wire);
  }
}
