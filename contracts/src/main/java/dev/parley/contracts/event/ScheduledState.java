package dev.parley.contracts.event;

import com.fasterxml.jackson.annotation.JsonValue;

/** What became of a scheduled message; it can be changed while it is {@code scheduled}. */
public enum ScheduledState implements Wire {
  SCHEDULED,
  SENDING,
  SENT,
  FAILED,
  CANCELLED;

  @JsonValue
  @Override
  public String wire() {
    return Wire.super.wire();
  }

  /** The value of that wire name. */
  public static ScheduledState of(String wire) {
    return Wire.of(ScheduledState.class, wire);
  }
}
