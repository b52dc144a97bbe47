package dev.parley.sms.number;

import dev.parley.chassis.caller.Caller;
import dev.parley.chassis.caller.Role;
import dev.parley.chassis.problem.Code;
import dev.parley.chassis.problem.Problem;
import dev.parley.chassis.tx.Tx;
import dev.parley.sms.OwnNumber;
import dev.parley.sms.OwnNumbers;
import dev.parley.sms.SmsConfig;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Brings a number in or changes it. A number belongs to one tenant (product.md §5); of two that
 * name it at once, one gets it and the other 409.
 */
@ApplicationScoped
class PutNumber {
  private final Tx tx;
  private final OwnNumbers numbers;
  private final SmsConfig config;

  PutNumber(Tx tx, OwnNumbers numbers, SmsConfig config) {
    this.tx = tx;
    this.numbers = numbers;
    this.config = config;
  }

  /** Whether the number is new, and the number as it is now. */
  record Result(boolean created, OwnNumber number) {}

  Uni<Result> put(Caller caller, String e164, NumberRequest request) {
    if (request.queueId() != null) {
      throw Problem.at(Code.UNKNOWN_REFERENCE, "queueId", "is not a queue");
    }
    OwnNumber number =
        new OwnNumber(
            caller.tenant(),
            e164,
            request.carrier(),
            request.label().strip(),
            request.smsEnabled(),
            request.userId());
    boolean mayClaim =
        config.numbers().claim() == SmsConfig.Claim.FIRST_ADMIN || caller.is(Role.OPERATOR);
    // Another tenant's number must be seen to be refused.
    return tx.ofAllTenants()
        .write(work -> mayClaim ? numbers.put(work, number) : numbers.update(work, number))
        .map(created -> new Result(created.orElseThrow(() -> refusal(mayClaim)), number));
  }

  private static Problem refusal(boolean mayClaim) {
    return mayClaim
        ? Problem.of(Code.NUMBER_IN_USE, "The number belongs to somebody else.")
        : Problem.of(Code.FORBIDDEN, "Only an operator brings numbers in.");
  }
}
