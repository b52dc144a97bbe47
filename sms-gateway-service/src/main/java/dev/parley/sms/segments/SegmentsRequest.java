package dev.parley.sms.segments;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

/**
 * A text.
 *
 * @param body as a message's body: Markdown is counted as it will be sent, plain
 */
record SegmentsRequest(@NotNull @Size(max = 40_000) String body) {
  /** Without the body: fit for logs. */
  @Override
  public String toString() {
    return "SegmentsRequest[]";
  }
}
