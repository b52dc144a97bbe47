package dev.parley.message.send;

import dev.parley.chassis.problem.Code;
import dev.parley.chassis.problem.Problem;

/** What becomes of a message that nobody waits for when it is not taken. */
public final class Refusals {
  private Refusals() {}

  /** Whether it is refused for good; else a part of the system is away, and it is tried again. */
  public static boolean isFinal(Throwable failure) {
    return failure instanceof Problem problem
        && problem.code() != Code.UNAVAILABLE
        && problem.code() != Code.RATE_LIMITED;
  }
}
