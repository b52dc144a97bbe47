package dev.parley.message.provider;

import java.time.Duration;
import java.util.Optional;

/** A scanner at an address that only the test knows. */
public final class Scanning {
  private Scanning() {}

  public static Scanner by(String address) {
    return new Scanner(
        new ScannerConfig() {
          @Override
          public Optional<String> address() {
            return Optional.of(address);
          }

          @Override
          public Duration timeout() {
            return Duration.ofSeconds(5);
          }
        });
  }
}
