package dev.parley.contracts.event;

import com.fasterxml.jackson.annotation.JsonValue;

/** What a bookmarked message is. */
public enum BookmarkType implements Wire {
  DECISION,
  ACTION_ITEM,
  BLOCKER,
  FOLLOW_UP;

  @JsonValue
  @Override
  public String wire() {
    return Wire.super.wire();
  }

  /** The value of that wire name. */
  public static BookmarkType of(String wire) {
    return Wire.of(BookmarkType.class, wire);
  }
}
