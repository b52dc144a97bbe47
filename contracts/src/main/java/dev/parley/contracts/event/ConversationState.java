package dev.parley.contracts.event;

import com.fasterxml.jackson.annotation.JsonValue;

/** Only an open one takes messages; an archived one is out of the default lists (product.md §1). */
public enum ConversationState implements Wire {
  OPEN,
  CLOSED,
  ARCHIVED;

  @JsonValue
  @Override
  public String wire() {
    return Wire.super.wire();
  }

  /** The value of that wire name. */
  public static ConversationState of(String wire) {
    return Wire.of(ConversationState.class, wire);
  }
}
