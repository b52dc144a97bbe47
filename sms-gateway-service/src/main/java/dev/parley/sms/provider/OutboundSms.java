package dev.parley.sms.provider;

import java.util.UUID;

/**
 * A text to hand over.
 *
 * @param id ours; comes back in the carrier's status callbacks
 */
public record OutboundSms(UUID id, String from, String to, String body) {
  /** Without numbers and body: fit for logs. */
  @Override
  public String toString() {
    return "OutboundSms[id=" + id + "]";
  }
}
