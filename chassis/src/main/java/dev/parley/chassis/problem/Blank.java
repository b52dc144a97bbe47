package dev.parley.chassis.problem;

import java.util.regex.Pattern;

/**
 * Text that shows nothing: white space and characters that Unicode has programs pass over unless
 * they know better (Default_Ignorable_Code_Point: joiners, marks of direction, soft hyphens,
 * variation selectors, tags, fillers of Hangul), and the empty pattern of Braille. Beside anything
 * that is seen they belong to the text, as in emoji sequences and in scripts that join.
 */
public final class Blank {
  private static final String WHITE_SPACE = "\\p{IsWhite_Space}\\p{Cc}";
  private static final String IGNORABLE =
      "\\u00AD\\u034F\\u061C\\u115F\\u1160\\u17B4\\u17B5\\u180B-\\u180F\\u200B-\\u200F"
          + "\\u202A-\\u202E\\u2060-\\u206F\\u3164\\uFE00-\\uFE0F\\uFEFF\\uFFA0\\uFFF0-\\uFFF8"
          + "\\x{1BCA0}-\\x{1BCA3}\\x{1D173}-\\x{1D17A}\\x{E0000}-\\x{E0FFF}";
  private static final String EMPTY_PATTERN = "\\u2800";

  private static final Pattern SEEN =
      Pattern.compile("[^" + WHITE_SPACE + IGNORABLE + EMPTY_PATTERN + "]");

  private Blank() {}

  /** Whether there is nothing to see, or no text at all. */
  public static boolean is(String text) {
    return text == null || !SEEN.matcher(text).find();
  }
}
