package dev.parley.message.send;

import dev.parley.chassis.problem.Problem;

/** What a body may be (product.md §4): kept as written, so what cannot be kept is refused. */
final class Bodies {
  static final int MAX_CHARACTERS = 40_000;

  private Bodies() {}

  /**
   * Checks a body; characters are Unicode code points.
   *
   * @throws Problem 400 naming {@code body}
   */
  static void check(String body, boolean mayBeEmpty) {
    if (body.isBlank() && !mayBeEmpty) {
      throw Problem.invalid("body", "must not be empty");
    }
    if (body.codePointCount(0, body.length()) > MAX_CHARACTERS) {
      throw Problem.invalid("body", "must be at most " + MAX_CHARACTERS + " characters");
    }
    for (int i = 0; i < body.length(); i++) {
      char c = body.charAt(i);
      if (c == 0) {
        throw Problem.invalid("body", "must not contain NUL");
      }
      if (Character.isSurrogate(c)) {
        boolean pair =
            Character.isHighSurrogate(c)
                && i + 1 < body.length()
                && Character.isLowSurrogate(body.charAt(i + 1));
        if (!pair) {
          throw Problem.invalid("body", "must not contain half a surrogate pair");
        }
        i++;
      }
    }
  }
}
