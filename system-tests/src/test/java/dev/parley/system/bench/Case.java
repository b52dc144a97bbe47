package dev.parley.system.bench;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One load.
 *
 * @param rooms groups, each of as many members as the others and none in two of them
 * @param rate messages a second over all rooms; 0 for the closed loop: one sender a room, the next
 *     message when the one before is acknowledged
 */
record Case(int rooms, int members, int rate) {
  private static final Pattern NAME = Pattern.compile("(\\d+)x(\\d+)(?:@(\\d+)| closed)");

  /** Reads {@code 50x10@200} or {@code 1x100 closed}. */
  static Case of(String name) {
    Matcher parts = NAME.matcher(name.trim());
    if (!parts.matches()) {
      throw new IllegalArgumentException("no case: " + name);
    }
    return new Case(
        Integer.parseInt(parts.group(1)),
        Integer.parseInt(parts.group(2)),
        parts.group(3) == null ? 0 : Integer.parseInt(parts.group(3)));
  }

  boolean closed() {
    return rate == 0;
  }

  int users() {
    return rooms * members;
  }

  @Override
  public String toString() {
    return rooms + "x" + members + (closed() ? " closed" : "@" + rate);
  }
}
