package dev.parley.contracts.event;

import com.fasterxml.jackson.annotation.JsonValue;

/** Whether a mass message is under way; {@code done} and {@code cancelled} are final. */
public enum BroadcastState implements Wire {
  RUNNING,
  DONE,
  CANCELLED;

  @JsonValue
  @Override
  public String wire() {
    return Wire.super.wire();
  }

  /** The value of that wire name. */
  public static BroadcastState of(String wire) {
    return Wire.of(BroadcastState.class, wire);
  }
}
