package dev.parley.chassis.problem;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The header {@code If-Match} (RFC 9110 §13.1.1) with the one tag that we give: the version. Of
 * several tags one must be it; a weak one never is, since the comparison is the strong one; {@code
 * *} is whatever version there is, as long as there is any.
 */
public final class IfMatch {
  private static final String TAG = "(W/)?\"(\\d{1,18})\"";
  private static final Pattern ONE = Pattern.compile(TAG);
  private static final Pattern TAGS = Pattern.compile(TAG + "(?:\\s*,\\s*" + TAG + ")*");

  private IfMatch() {}

  /**
   * Whether the change may be made upon that version; without the header the last write wins.
   *
   * @param version negative for what is not there
   */
  public static boolean holds(String header, long version) {
    if (header == null) {
      return true;
    }
    String tags = header.strip();
    if (tags.equals("*")) {
      return version >= 0;
    }
    if (!TAGS.matcher(tags).matches()) {
      throw Problem.invalid("If-Match", "must be an entity tag that was given");
    }
    Matcher tag = ONE.matcher(tags);
    while (tag.find()) {
      if (tag.group(1) == null && Long.parseLong(tag.group(2)) == version) {
        return true;
      }
    }
    return false;
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
