package dev.parley.contracts.event;

/** Internal notes are seen by staff alone (product.md §4). */
public enum Visibility implements Wire {
  ALL,
  INTERNAL;

  /** The value of that wire name. */
  public static Visibility of(String wire) {
    return Wire.of(Visibility.class, wire);
  }
}
