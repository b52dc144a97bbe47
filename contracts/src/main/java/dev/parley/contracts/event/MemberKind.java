package dev.parley.contracts.event;

/** What kind of person a membership is of. */
public enum MemberKind implements Wire {
  USER,
  CLIENT,
  PHONE;

  /** The value of that wire name. */
  public static MemberKind of(String wire) {
    return Wire.of(MemberKind.class, wire);
  }
}
