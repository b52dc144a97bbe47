package dev.parley.contracts.event;

/** Only a ready file can be downloaded (product.md §4). */
public enum AttachmentState implements Wire {
  SCANNING,
  READY,
  REJECTED;

  /** The value of that wire name. */
  public static AttachmentState of(String wire) {
    return Wire.of(AttachmentState.class, wire);
  }
}
