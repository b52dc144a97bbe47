package dev.parley.contracts.event;

import java.time.Instant;
import java.util.UUID;

/**
 * Data of {@code delivery.updated}, and how far a message got to one number in a {@link Message}.
 *
 * @param messageId absent inside the message itself
 * @param to E.164
 * @param code the carrier's, where it failed
 * @param reason the same in plain words
 * @param segments how many the carrier counts it as
 */
public record Delivery(
    UUID messageId,
    String to,
    DeliveryStatus status,
    String code,
    String reason,
    int segments,
    Instant at) {

  /** As it stands inside the message. */
  public Delivery withoutMessageId() {
    return new Delivery(null, to, status, code, reason, segments, at);
  }

  /** Without the number: fit for logs. */
  @Override
  public String toString() {
    return "Delivery[messageId=" + messageId + ", status=" + status + ", code=" + code + "]";
  }
}
