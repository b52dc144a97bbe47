package dev.parley.search;

import java.util.regex.Pattern;

/** Links to pages in a text, as {@code has=link} means them. */
public final class Links {
  /** A link is none in what is shown as code, and where a longer word only ends like its scheme. */
  private static final Pattern CODE = Pattern.compile("(?s)```.*?(?:```|\\z)|`[^`\\n]+`");

  private static final Pattern LINK =
      Pattern.compile("(?i)(?<![\\p{Alnum}])https?://[^\\s<>\"`\\p{Cntrl}]");

  private Links() {}

  /** Whether there is at least one. */
  public static boolean areIn(String body) {
    return LINK.matcher(CODE.matcher(body).replaceAll(" ")).find();
  }
}
