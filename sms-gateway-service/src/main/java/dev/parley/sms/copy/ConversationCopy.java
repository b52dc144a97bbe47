package dev.parley.sms.copy;

import dev.parley.contracts.event.ConversationType;
import java.util.List;
import java.util.UUID;

/**
 * A conversation that stands on a number of ours, as far as the gateway needs it.
 *
 * @param externalNumbers whom an sms conversation is with; of groups, {@link OutsiderCopies} know
 * @param rev the record of the conversation's log that it stands at
 */
public record ConversationCopy(
    UUID id,
    String tenant,
    ConversationType type,
    String ownNumber,
    List<String> externalNumbers,
    long rev) {

  /** Whether it is among several: a group with outside numbers. */
  public boolean isMixed() {
    return type != ConversationType.SMS;
  }

  /** Without numbers: fit for logs. */
  @Override
  public String toString() {
    return "ConversationCopy[id=" + id + ", rev=" + rev + "]";
  }
}
