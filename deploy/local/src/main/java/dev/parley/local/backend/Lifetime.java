package dev.parley.local.backend;

import java.util.List;

/**
 * How long a JVM is meant to live and how much of the load it carries, which decide how much
 * compiling pays.
 */
public enum Lifetime {
  /** A test's minutes: the quick compiler only, which halves the CPU of a start. */
  TEST(List.of("-XX:TieredStopAtLevel=1")),
  /** Hours, on the way of each message: nothing held back. */
  STACK(List.of()),
  /**
   * Hours, beside the way of a message: the quick compiler only. It costs such a process no CPU
   * once warm (docs/benchmarks.md), and does not take it from the others in their first minutes.
   */
  BESIDE(List.of("-XX:TieredStopAtLevel=1"));

  private final List<String> flags;

  Lifetime(List<String> flags) {
    this.flags = flags;
  }

  /** Hours, unless {@code PARLEY_LOCAL_LIFETIME} says {@code test}. */
  public static Lifetime ofStack() {
    return "test".equals(System.getenv("PARLEY_LOCAL_LIFETIME")) ? TEST : STACK;
  }

  /** This, or {@link #BESIDE} where this is {@link #STACK}. */
  public Lifetime beside() {
    return this == STACK ? BESIDE : this;
  }

  /** For a command line of {@code java}. */
  public List<String> flags() {
    return flags;
  }
}
