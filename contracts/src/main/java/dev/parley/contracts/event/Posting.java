package dev.parley.contracts.event;

/** Who may post in a channel. */
public enum Posting implements Wire {
  ALL,
  ADMINS;

  /** The value of that wire name. */
  public static Posting of(String wire) {
    return Wire.of(Posting.class, wire);
  }
}
