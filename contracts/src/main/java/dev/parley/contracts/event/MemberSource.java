package dev.parley.contracts.event;

/** A derived membership ends when its reason ends, never by hand (product.md §1). */
public enum MemberSource implements Wire {
  MANUAL,
  DERIVED;

  /** The value of that wire name. */
  public static MemberSource of(String wire) {
    return Wire.of(MemberSource.class, wire);
  }
}
