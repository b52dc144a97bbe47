package dev.parley.contracts;

import java.time.Duration;

/**
 * A topic as it must exist; deployment and tests create it from this, nothing is created on the
 * fly.
 *
 * @param name {@code parley.<owner>.<what>.v<n>}
 * @param owner the one service that writes it, or {@code outside}
 * @param key what a record's key is
 * @param retention how long records are kept; unused where {@code compacted}
 * @param compacted whether only the newest record of a key is kept
 */
public record Topic(String name, String owner, String key, Duration retention, boolean compacted) {
  /** Where a consumer puts what it cannot process, with the reason in headers. */
  public Topic deadLetters(String consumer) {
    return new Topic(name + ".dlq." + consumer, consumer, key, Duration.ofDays(14), false);
  }
}
