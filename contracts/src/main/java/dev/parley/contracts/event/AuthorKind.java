package dev.parley.contracts.event;

/** What kind of author a message has. */
public enum AuthorKind implements Wire {
  USER,
  CLIENT,
  PHONE,
  SYSTEM;

  /** The value of that wire name. */
  public static AuthorKind of(String wire) {
    return Wire.of(AuthorKind.class, wire);
  }
}
