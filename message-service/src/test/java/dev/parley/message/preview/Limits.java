package dev.parley.message.preview;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The configuration's defaults but for where our own servers stand, and how long one waits. */
record Limits(Duration timeout, List<String> places) implements PreviewConfig {
  static Limits at(String... places) {
    return new Limits(Duration.ofSeconds(5), List.of(places));
  }

  @Override
  public boolean enabled() {
    return true;
  }

  @Override
  public int maxBytes() {
    return 1_048_576;
  }

  @Override
  public Optional<List<String>> exempt() {
    return Optional.of(places);
  }

  @Override
  public Duration sweep() {
    return Duration.ofSeconds(5);
  }
}
