package dev.parley.contracts.event;

import com.fasterxml.jackson.annotation.JsonValue;

/** Only a ready file can be downloaded (product.md §4). */
public enum AttachmentState implements Wire {
  SCANNING,
  READY,
  REJECTED;

  @JsonValue
  @Override
  public String wire() {
    return Wire.super.wire();
  }

  /** The value of that wire name. */
  public static AttachmentState of(String wire) {
    return Wire.of(AttachmentState.class, wire);
  }
}
