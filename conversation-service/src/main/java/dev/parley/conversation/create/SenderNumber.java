package dev.parley.conversation.create;

import dev.parley.chassis.await.Waiter;
import dev.parley.chassis.caller.Caller;
import dev.parley.chassis.problem.Code;
import dev.parley.chassis.problem.Problem;
import dev.parley.chassis.tx.Tx;
import dev.parley.conversation.copy.NumberCopies;
import dev.parley.conversation.copy.NumberCopy;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/**
 * Which of our numbers an SMS conversation or a group with outside numbers stands on (product.md
 * §5): the one that the request names, else the caller's own. One texts from a number that one
 * holds or that nobody does. What is not so (yet) is waited for up to 1 s, since the gateway may
 * have told of it a moment ago.
 */
@ApplicationScoped
class SenderNumber {
  private static final String FIELD = "ownNumber";

  private final NumberCopies numbers;
  private final Waiter waiter;
  private final Tx tx;

  SenderNumber(NumberCopies numbers, Waiter waiter, Tx tx) {
    this.numbers = numbers;
    this.waiter = waiter;
    this.tx = tx;
  }

  /**
   * The draft with its number; one without outside numbers as it is.
   *
   * @throws Problem 422 {@code unknown_reference} for a number that is not the tenant's, {@code
   *     no_sms_number} where the caller cannot text from it or holds none
   */
  Uni<Draft> chosen(Caller caller, Draft draft) {
    if (draft.externalNumbers() == null) {
      return Uni.createFrom().item(draft);
    }
    String named = draft.ownNumber();
    return waiter
        .await(
            caller.tenant() + "/numbers",
            () -> find(caller, named).map(found -> found.filter(one -> isUsable(caller, one))))
        .flatMap(
            found ->
                found.isPresent()
                    ? Uni.createFrom().item(draft.on(found.get().e164()))
                    : refuse(caller, named));
  }

  private Uni<Optional<NumberCopy>> find(Caller caller, String named) {
    return named == null
        ? numbers.defaultOf(tx::read, caller.tenant(), caller.id())
        : numbers.find(tx::read, caller.tenant(), named);
  }

  private static boolean isUsable(Caller caller, NumberCopy number) {
    return number.smsEnabled() && (number.userId() == null || number.userId().equals(caller.id()));
  }

  private Uni<Draft> refuse(Caller caller, String named) {
    if (named == null) {
      throw Problem.at(Code.NO_SMS_NUMBER, FIELD, "is required of who holds no number for texts");
    }
    return find(caller, named)
        .map(
            found -> {
              if (found.isEmpty()) {
                throw Problem.at(Code.UNKNOWN_REFERENCE, FIELD, "is none of our numbers");
              }
              throw Problem.at(
                  Code.NO_SMS_NUMBER,
                  FIELD,
                  found.get().smsEnabled() ? "is somebody else's" : "is not set up for texts");
            });
  }
}
