package dev.parley.conversation;

import dev.parley.chassis.problem.Problem;
import java.util.regex.Pattern;

/** The name of a channel, by which people type it (api.md). */
public final class ChannelName {
  private static final Pattern SLUG = Pattern.compile("[a-z0-9][a-z0-9._-]{0,79}");

  private ChannelName() {}

  /**
   * Lets a good one through.
   *
   * @throws Problem 400 naming {@code name}
   */
  public static void require(String name) {
    if (name == null || !SLUG.matcher(name).matches()) {
      throw Problem.invalid(
          "name", "must be 1 to 80 of a-z, 0-9, dot, underscore and hyphen, not begun by a mark");
    }
  }
}
