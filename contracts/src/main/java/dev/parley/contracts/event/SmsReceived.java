package dev.parley.contracts.event;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * Data of {@code sms.received}: a text from outside, as the carrier told it, not bound to a
 * conversation yet.
 *
 * @param messageId of when it came, the provider and its id: a replay makes no second one
 * @param ownNumber ours, E.164
 * @param theirNumber theirs, E.164
 * @param holderId the user who holds our number; absent where nobody does
 */
public record SmsReceived(
    UUID messageId,
    String provider,
    String providerMessageId,
    String ownNumber,
    String theirNumber,
    String body,
    List<Media> media,
    String holderId,
    Instant receivedAt) {

  /** The list is never null. */
  public SmsReceived {
    media = media == null ? List.of() : List.copyOf(media);
  }

  /** Without body and numbers: fit for logs. */
  @Override
  public String toString() {
    return "SmsReceived[messageId="
        + messageId
        + ", provider="
        + provider
        + ", media="
        + media.size()
        + "]";
  }
}
