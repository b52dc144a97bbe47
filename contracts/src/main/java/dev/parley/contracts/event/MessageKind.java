package dev.parley.contracts.event;

import com.fasterxml.jackson.annotation.JsonValue;

/** Whether a person wrote it or the system did (a pill). */
public enum MessageKind implements Wire {
  USER,
  SYSTEM;

  @JsonValue
  @Override
  public String wire() {
    return Wire.super.wire();
  }

  /** The value of that wire name. */
  public static MessageKind of(String wire) {
    return Wire.of(MessageKind.class, wire);
  }
}
