package dev.parley.chassis.problem;

import java.util.regex.Pattern;

/**
 * Names and subjects, which stand in one line beside others' text. Line breaks and other control
 * characters could forge a line, characters that turn the direction of writing could make a name
 * read as another. Messages are not names: they stay as they were sent.
 */
public final class OneLine {
  /** Control characters, line and paragraph separators, embeddings, overrides and isolates. */
  private static final Pattern FORGING =
      Pattern.compile("[\\p{Cc}\\u2028\\u2029\\u202A-\\u202E\\u2066-\\u2069]");

  private OneLine() {}

  /**
   * Checks a name.
   *
   * @throws Problem 400 naming the field
   */
  public static void check(String field, String text) {
    if (text != null && FORGING.matcher(text).find()) {
      throw Problem.invalid(
          field, "must not contain line breaks, control characters or changes of direction");
    }
  }
}
