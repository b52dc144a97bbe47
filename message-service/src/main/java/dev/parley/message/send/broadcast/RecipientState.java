package dev.parley.message.send.broadcast;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.parley.contracts.event.Wire;

/** What became of a mass message for one of its recipients; all but {@code pending} are final. */
public enum RecipientState implements Wire {
  PENDING,
  SENT,
  FAILED,
  CANCELLED;

  @JsonValue
  @Override
  public String wire() {
    return Wire.super.wire();
  }

  /** The value of that wire name. */
  public static RecipientState of(String wire) {
    return Wire.of(RecipientState.class, wire);
  }
}
