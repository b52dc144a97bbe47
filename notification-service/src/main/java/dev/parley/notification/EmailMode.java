package dev.parley.notification;

import dev.parley.contracts.event.Wire;

/** When somebody wants e-mail (product.md §9). */
public enum EmailMode implements Wire {
  ALWAYS,
  WHEN_INACTIVE,
  NEVER;

  /** What holds for who chose nothing. */
  public static final EmailMode DEFAULT = WHEN_INACTIVE;

  /** The value of that wire name. */
  public static EmailMode of(String wire) {
    return Wire.of(EmailMode.class, wire);
  }
}
