package dev.parley.message.send;

import dev.parley.chassis.caller.Caller;
import dev.parley.chassis.problem.Code;
import dev.parley.chassis.problem.Problem;
import dev.parley.chassis.user.UserNames;
import dev.parley.contracts.PlainText;
import dev.parley.contracts.event.ConversationType;
import dev.parley.contracts.event.Visibility;
import dev.parley.message.Outside;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/**
 * What leaves as a text must fit into one (product.md §5), with what is put into it on the way: the
 * sender's name among several people, and the names of the mentioned. Names that change between
 * this check and the sending may still make a text too long; it is then told as failed.
 */
@ApplicationScoped
class TextLimit {
  /** Names longer than that are not reckoned with beforehand. */
  private static final int LONGEST_NAME = 128;

  private final Outside outside;
  private final UserNames names;

  TextLimit(Outside outside, UserNames names) {
    this.outside = outside;
    this.names = names;
  }

  /** Whether the message fits whatever its conversation is; answers without looking anywhere. */
  static boolean surelyFits(Caller caller, SendMessageRequest request) {
    long most =
        request.body().length()
            + caller.name().length()
            + ": ".length()
            + (long) LONGEST_NAME * request.mentions().size();
    return most <= PlainText.LONGEST;
  }

  /**
   * Refuses what does not fit.
   *
   * @throws Problem 400 {@code sms_too_long}
   */
  Uni<Void> check(
      Caller caller, ConversationType type, UUID conversation, SendMessageRequest request) {
    boolean stays =
        type != ConversationType.SMS && type != ConversationType.GROUP
            || request.visibility() != Visibility.ALL;
    if (stays || surelyFits(caller, request)) {
      return Uni.createFrom().voidItem();
    }
    return names
        .of(caller.tenant(), request.mentions())
        .map(named -> PlainText.of(request.body(), named))
        .flatMap(
            said -> {
              if (type == ConversationType.SMS) {
                refuse(said);
                return Uni.createFrom().voidItem();
              }
              String text = PlainText.by(caller.name(), said);
              return PlainText.isTooLong(text)
                  ? outside
                      .reads(caller, conversation)
                      .invoke(
                          reads -> {
                            if (reads) {
                              refuse(text);
                            }
                          })
                      .replaceWithVoid()
                  : Uni.createFrom().voidItem();
            });
  }

  private static void refuse(String text) {
    if (PlainText.isTooLong(text)) {
      throw Problem.at(
          Code.SMS_TOO_LONG,
          "body",
          "is longer than " + PlainText.LONGEST + " characters as a text");
    }
  }
}
