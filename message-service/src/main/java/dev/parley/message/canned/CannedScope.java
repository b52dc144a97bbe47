package dev.parley.message.canned;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Whose a canned response is: its user's alone, or every user's of the tenant. */
public enum CannedScope {
  USER,
  TENANT;

  @JsonValue
  String wire() {
    return name().toLowerCase(Locale.ROOT);
  }

  @JsonCreator
  static CannedScope of(String wire) {
    for (CannedScope scope : values()) {
      if (scope.wire().equals(wire)) {
        return scope;
      }
    }
    throw new IllegalArgumentException("must be user or tenant");
  }
}
