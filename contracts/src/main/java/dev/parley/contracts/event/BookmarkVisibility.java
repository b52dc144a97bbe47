package dev.parley.contracts.event;

import com.fasterxml.jackson.annotation.JsonValue;

/** For oneself, or for all staff who see the message. */
public enum BookmarkVisibility implements Wire {
  PRIVATE,
  CONVERSATION;

  @JsonValue
  @Override
  public String wire() {
    return Wire.super.wire();
  }

  /** The value of that wire name. */
  public static BookmarkVisibility of(String wire) {
    return Wire.of(BookmarkVisibility.class, wire);
  }
}
