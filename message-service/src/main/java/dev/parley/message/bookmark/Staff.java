package dev.parley.message.bookmark;

import dev.parley.chassis.caller.Caller;
import dev.parley.chassis.problem.Code;
import dev.parley.chassis.problem.Problem;

/** Bookmarks are none of clients' (product.md §3). */
final class Staff {
  private Staff() {}

  /**
   * Lets staff pass.
   *
   * @throws Problem 403 for clients
   */
  static void require(Caller caller) {
    if (caller.isClient()) {
      throw Problem.of(Code.FORBIDDEN, "Bookmarks are for staff.");
    }
  }
}
