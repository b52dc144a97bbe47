package dev.parley.local.backend;

import java.util.List;

/** How long a back end's JVM is meant to live, which decides how much compiling pays. */
public enum Lifetime {
  /** A test's minutes: the quick compiler only, which halves the CPU of a start. */
  TEST(List.of("-XX:TieredStopAtLevel=1")),
  /** Hours: nothing held back. */
  STACK(List.of());

  private final List<String> flags;

  Lifetime(List<String> flags) {
    this.flags = flags;
  }

  List<String> flags() {
    return flags;
  }
}
