package dev.parley.contracts.event;

/** Only an open one takes messages; an archived one is out of the default lists (product.md §1). */
public enum ConversationState implements Wire {
  OPEN,
  CLOSED,
  ARCHIVED;

  /** The value of that wire name. */
  public static ConversationState of(String wire) {
    return Wire.of(ConversationState.class, wire);
  }
}
