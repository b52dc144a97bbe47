package dev.parley.chassis.problem;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The header {@code If-Match} (RFC 9110 §13.1.1) with the one tag that we give: the version. */
public final class IfMatch {
  private static final Pattern TAG = Pattern.compile("(?:W/)?\"(\\d{1,18})\"");

  private IfMatch() {}

  /** Whether the change may be made upon that version; without the header the last write wins. */
  public static boolean holds(String header, long version) {
    if (header == null || header.strip().equals("*")) {
      return true;
    }
    Matcher tag = TAG.matcher(header.strip());
    if (!tag.matches()) {
      throw Problem.invalid("If-Match", "must be an entity tag that was given");
    }
    return Long.parseLong(tag.group(1)) == version;
  }

  /**
   * The same where nobody may write without having read.
   *
   * @throws Problem 428 {@code precondition_required} without the header
   */
  public static boolean holdsAsItMust(String header, long version) {
    if (header == null || header.isBlank()) {
      throw Problem.of(Code.PRECONDITION_REQUIRED, "Send If-Match with the ETag that you read.");
    }
    return holds(header, version);
  }
}
