package dev.parley.sms.number;

import dev.parley.chassis.await.Waiter;
import dev.parley.chassis.caller.Caller;
import dev.parley.chassis.caller.Role;
import dev.parley.chassis.problem.Code;
import dev.parley.chassis.problem.Problem;
import dev.parley.chassis.tx.Tx;
import dev.parley.chassis.tx.Work;
import dev.parley.contracts.Envelope;
import dev.parley.contracts.EventType;
import dev.parley.contracts.Topics;
import dev.parley.contracts.event.SmsNumber;
import dev.parley.sms.OwnNumber;
import dev.parley.sms.OwnNumbers;
import dev.parley.sms.SmsConfig;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Optional;

/**
 * Brings a number in or changes it. A number belongs to one tenant (product.md §5); of two that
 * name it at once, one gets it and the other 409.
 */
@ApplicationScoped
class PutNumber {
  private final Tx tx;
  private final OwnNumbers numbers;
  private final Holders holders;
  private final Waiter waiter;
  private final SmsConfig config;
  private final Clock clock;

  PutNumber(
      Tx tx, OwnNumbers numbers, Holders holders, Waiter waiter, SmsConfig config, Clock clock) {
    this.tx = tx;
    this.numbers = numbers;
    this.holders = holders;
    this.waiter = waiter;
    this.config = config;
    this.clock = clock;
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
    return holderExists(caller, request.userId())
        // Another tenant's number must be seen to be refused.
        .chain(() -> tx.ofAllTenants().write(work -> write(work, caller, number, mayClaim)))
        .map(version -> new Result(version == 1, number));
  }

  /** The CRM may have told of the user a moment ago, so they are waited for. */
  private Uni<Void> holderExists(Caller caller, String user) {
    if (user == null) {
      return Uni.createFrom().voidItem();
    }
    return waiter
        .await(
            caller.tenant() + "/user/" + user,
            () ->
                holders
                    .isActive(caller.tenant(), user)
                    .map(active -> Optional.of(user).filter(id -> active)))
        .invoke(
            found -> {
              if (found.isEmpty()) {
                throw Problem.at(Code.UNKNOWN_REFERENCE, "userId", "names no active user");
              }
            })
        .replaceWithVoid();
  }

  private Uni<Long> write(Work work, Caller caller, OwnNumber number, boolean mayClaim) {
    return (mayClaim ? numbers.put(work, number) : numbers.update(work, number))
        .map(version -> version.orElseThrow(() -> refusal(mayClaim)))
        .invoke(version -> emit(work, caller, number, version));
  }

  private void emit(Work work, Caller caller, OwnNumber number, long version) {
    work.emit(
        Topics.SMS_NUMBERS,
        number.e164(),
        Envelope.of(
            EventType.NUMBER_UPDATED,
            number.tenant(),
            null,
            caller.actor(),
            clock.instant(),
            new SmsNumber(
                number.e164(),
                number.carrier(),
                number.label(),
                number.smsEnabled(),
                number.userId(),
                version)));
  }

  private static Problem refusal(boolean mayClaim) {
    return mayClaim
        ? Problem.of(Code.NUMBER_IN_USE, "The number belongs to somebody else.")
        : Problem.of(Code.FORBIDDEN, "Only an operator brings numbers in.");
  }
}
