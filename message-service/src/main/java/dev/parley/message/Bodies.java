package dev.parley.message;

import dev.parley.chassis.problem.Blank;
import dev.parley.chassis.problem.Problem;

/** How long a body may be (product.md §4). What could not be kept as written was refused before. */
public final class Bodies {
  private static final int MAX_CHARACTERS = 40_000;

  private Bodies() {}

  /**
   * Checks a body; characters are Unicode code points.
   *
   * @throws Problem 400 naming {@code body}
   */
  public static void check(String body, boolean mayBeEmpty) {
    if (!mayBeEmpty && Blank.is(body)) {
      throw Problem.invalid("body", "must not be empty or invisible");
    }
    if (body.codePointCount(0, body.length()) > MAX_CHARACTERS) {
      throw Problem.invalid("body", "must be at most " + MAX_CHARACTERS + " characters");
    }
  }
}
