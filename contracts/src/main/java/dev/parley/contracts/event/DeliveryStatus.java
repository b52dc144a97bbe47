package dev.parley.contracts.event;

import com.fasterxml.jackson.annotation.JsonValue;

/**
 * How far a text got (product.md §5). The values have one strict order, and the later one of two
 * always stays: so any order of callbacks, repeats included, ends the same.
 *
 * <p>Where a carrier contradicts itself, evidence of delivery beats a failure. {@code UNKNOWN} (48
 * h without news) gives way to every final answer, however late.
 */
public enum DeliveryStatus implements Wire {
  QUEUED,
  SENDING,
  SENT,
  UNKNOWN,
  BLOCKED,
  FAILED,
  UNDELIVERED,
  DELIVERED,
  READ;

  /** Place in the order; a status never gives way to one of a lower rank. */
  public int rank() {
    return ordinal();
  }

  /** Whether it did not and will not arrive; the sender is shown why. */
  public boolean isFailure() {
    return this == FAILED || this == UNDELIVERED || this == BLOCKED;
  }

  /** Whether news of that status replaces this one. */
  public boolean givesWayTo(DeliveryStatus news) {
    return news.rank() > rank();
  }

  @JsonValue
  @Override
  public String wire() {
    return Wire.super.wire();
  }

  /** The status of that wire name. */
  public static DeliveryStatus of(String wire) {
    return Wire.of(DeliveryStatus.class, wire);
  }
}
