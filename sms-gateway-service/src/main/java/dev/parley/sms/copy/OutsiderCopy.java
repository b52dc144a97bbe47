package dev.parley.sms.copy;

import java.util.UUID;

/**
 * An outside number's membership, as one record of the conversation's log tells of it.
 *
 * @param granted whether it began with that record, or had ended with it
 * @param rev the record's place in the log
 */
public record OutsiderCopy(
    String tenant, UUID conversationId, String memberId, String number, boolean granted, long rev) {

  /** Without the number: fit for logs. */
  @Override
  public String toString() {
    return "OutsiderCopy[memberId=" + memberId + ", granted=" + granted + ", rev=" + rev + "]";
  }
}
