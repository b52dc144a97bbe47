package dev.parley.chassis.user;

import dev.parley.chassis.problem.Code;
import dev.parley.contracts.event.CrmRecord;
import java.util.Optional;

/**
 * What a user's record says about the user's rights.
 *
 * @param active false for those deleted or merged into another
 * @param messaging whether the user may use Parley at all
 * @param agency whether somebody of another company may act here as this user (product.md §3)
 */
record UserRecord(boolean active, boolean assignedDataOnly, boolean messaging, boolean agency) {
  static UserRecord of(CrmRecord record) {
    return new UserRecord(
        !record.gone() && !Boolean.FALSE.equals(record.active()),
        Boolean.TRUE.equals(record.assignedDataOnly()),
        !Boolean.FALSE.equals(record.messaging()),
        record.roles() != null && record.roles().contains("agency"));
  }

  /** Whether it says no more than no record would. */
  boolean isPlain() {
    return active && !assignedDataOnly && messaging && !agency;
  }

  /** Why the user is refused everything; empty when not. */
  Optional<Code> refusal() {
    if (!active) {
      return Optional.of(Code.FORBIDDEN);
    }
    return messaging ? Optional.empty() : Optional.of(Code.MESSAGING_DISABLED);
  }
}
