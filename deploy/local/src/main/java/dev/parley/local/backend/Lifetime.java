package dev.parley.local.backend;

import java.util.List;

/** How long a JVM is meant to live, which decides how much compiling pays. */
public enum Lifetime {
  /** A test's minutes: the quick compiler only, which halves the CPU of a start. */
  TEST(List.of("-XX:TieredStopAtLevel=1")),
  /** Hours: nothing held back. */
  STACK(List.of());

  private final List<String> flags;

  Lifetime(List<String> flags) {
    this.flags = flags;
  }

  /** Hours, unless {@code PARLEY_LOCAL_LIFETIME} says {@code test}. */
  public static Lifetime ofStack() {
    return "test".equals(System.getenv("PARLEY_LOCAL_LIFETIME")) ? TEST : STACK;
  }

  /** For a command line of {@code java}. */
  public List<String> flags() {
    return flags;
  }
}
