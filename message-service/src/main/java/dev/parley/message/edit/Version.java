package dev.parley.message.edit;

import java.time.Instant;
import java.util.List;

/**
 * What a message said.
 *
 * @param version of the message when it began to say so
 * @param at since when
 */
public record Version(long version, String body, List<String> mentions, Instant at) {
  @Override
  public String toString() {
    return "Version[version=" + version + "]";
  }
}
