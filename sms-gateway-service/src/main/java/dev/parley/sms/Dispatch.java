package dev.parley.sms;

import java.util.Locale;

/** Where we are with handing a text to the carrier; not how far it got. */
public enum Dispatch {
  /** Nothing has been tried, or nothing came of it. */
  WAITING,
  /** A node claimed it and calls the carrier. */
  SENDING,
  /** The carrier was called and it is not known whether it took it. */
  IN_DOUBT,
  /** The carrier has it, or never will. */
  DONE;

  /** As it stands in the database. */
  public String column() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Dispatch of(String column) {
    return valueOf(column.toUpperCase(Locale.ROOT));
  }
}
