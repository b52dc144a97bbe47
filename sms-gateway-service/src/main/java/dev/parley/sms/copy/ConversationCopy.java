package dev.parley.sms.copy;

import java.util.List;
import java.util.UUID;

/**
 * An sms conversation as far as the gateway needs it.
 *
 * @param rev the record of the conversation's log that it stands at
 */
public record ConversationCopy(
    UUID id, String tenant, String ownNumber, List<String> externalNumbers, long rev) {

  /** Without numbers: fit for logs. */
  @Override
  public String toString() {
    return "ConversationCopy[id=" + id + ", rev=" + rev + "]";
  }
}
