package dev.parley.chassis.page;

import dev.parley.chassis.problem.Code;
import dev.parley.chassis.problem.Problem;
import java.util.List;

/**
 * One page of a list (api.md, Conventions).
 *
 * @param next the cursor of the next page; absent on the last
 */
public record Page<T>(List<T> items, String next) {
  public static final int DEFAULT_LIMIT = 50;
  public static final int MAX_LIMIT = 200;

  /**
   * The limit asked for, 1 to 200, 50 when none was.
   *
   * @throws Problem 400 {@code limit_out_of_range}; never a silent cut
   */
  public static int limit(Integer asked) {
    if (asked == null) {
      return DEFAULT_LIMIT;
    }
    if (asked < 1 || asked > MAX_LIMIT) {
      throw Problem.at(Code.LIMIT_OUT_OF_RANGE, "limit", "must be 1 to " + MAX_LIMIT);
    }
    return asked;
  }
}
