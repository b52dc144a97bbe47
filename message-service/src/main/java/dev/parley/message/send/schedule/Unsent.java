package dev.parley.message.send.schedule;

import dev.parley.chassis.caller.Caller;
import dev.parley.chassis.problem.Code;
import dev.parley.chassis.problem.IfMatch;
import dev.parley.chassis.problem.Problem;
import dev.parley.chassis.tx.Work;
import dev.parley.contracts.Ids;
import dev.parley.contracts.event.ScheduledState;
import dev.parley.message.Timelines;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.UUID;

/** Scheduled messages that can still be changed and cancelled (product.md §4). */
@ApplicationScoped
class Unsent {
  private final ScheduledMessages scheduled;
  private final Timelines timelines;
  private final Clock clock;

  Unsent(ScheduledMessages scheduled, Timelines timelines, Clock clock) {
    this.scheduled = scheduled;
    this.timelines = timelines;
    this.clock = clock;
  }

  /**
   * The author's own message, locked, as long as nothing was done about it.
   *
   * @throws Problem 404; 409 {@code already_sent} from the moment on when it is being sent; 409
   *     {@code version_conflict} with what it is now
   */
  Uni<Scheduled> lock(Work work, Caller caller, String messageId, String ifMatch) {
    UUID id = Ids.parse(messageId);
    if (id == null) {
      throw Problem.notFound();
    }
    return scheduled
        .lock(work, caller, id)
        .map(
            found -> {
              Scheduled message = found.orElseThrow(Problem::notFound);
              switch (message.state()) {
                case SENDING, SENT -> throw sent();
                case CANCELLED -> throw Problem.notFound();
                default -> {}
              }
              if (!IfMatch.holds(ifMatch, message.version())) {
                throw Problem.of(Code.VERSION_CONFLICT, "It was changed meanwhile.")
                    .with("current", message.view());
              }
              return message;
            })
        .call(message -> requireNotPlaced(work, caller, message));
  }

  /**
   * What was due and is waiting again may have been placed all the same, if its sender lost the
   * answer. With the head locked nobody is placing it.
   */
  private Uni<Void> requireNotPlaced(Work work, Caller caller, Scheduled message) {
    if (message.state() != ScheduledState.SCHEDULED || message.sendAt().isAfter(clock.instant())) {
      return Uni.createFrom().voidItem();
    }
    return timelines
        .lock(work, caller, message.conversationId())
        .chain(() -> scheduled.placed(work, message))
        .invoke(
            placed -> {
              if (placed.isPresent()) {
                throw sent();
              }
            })
        .replaceWithVoid();
  }

  private static Problem sent() {
    return Problem.of(Code.ALREADY_SENT, "The message has been sent.");
  }
}
