package dev.parley.contracts.event;

/** Whether a person wrote it or the system did (a pill). */
public enum MessageKind implements Wire {
  USER,
  SYSTEM;

  /** The value of that wire name. */
  public static MessageKind of(String wire) {
    return Wire.of(MessageKind.class, wire);
  }
}
