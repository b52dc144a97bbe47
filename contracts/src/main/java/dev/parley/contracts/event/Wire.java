package dev.parley.contracts.event;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** A closed set whose values are written in lower case: {@code FROM_NOW} is {@code from_now}. */
public interface Wire {
  /** The constant's Java name; every enum has it. */
  String name();

  /** As it is written on the wire and in the database. */
  @JsonValue
  default String wire() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The value of that wire name, compared exactly.
   *
   * @throws IllegalArgumentException when the set has no such value; the message does not repeat it
   */
  static <E extends Enum<E> & Wire> E of(Class<E> set, String wire) {
    for (E value : set.getEnumConstants()) {
      if (value.wire().equals(wire)) {
        return value;
      }
    }
    throw new IllegalArgumentException("no such " + set.getSimpleName());
  }
}
