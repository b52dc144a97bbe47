package dev.parley.contracts.event;

/** What a newcomer sees of what was written before. */
public enum History implements Wire {
  ALL,
  FROM_NOW;

  /** The value of that wire name. */
  public static History of(String wire) {
    return Wire.of(History.class, wire);
  }
}
