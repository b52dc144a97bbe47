package dev.parley.message.pin;

import dev.parley.chassis.await.Waiter;
import dev.parley.chassis.caller.Caller;
import dev.parley.chassis.problem.Code;
import dev.parley.chassis.problem.IfMatch;
import dev.parley.chassis.problem.Problem;
import dev.parley.contracts.EventType;
import dev.parley.contracts.Ids;
import dev.parley.contracts.event.Pinned;
import dev.parley.message.OnDeletion;
import dev.parley.message.Revisions;
import dev.parley.message.Revisions.Held;
import dev.parley.message.Timelines;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import java.util.function.Function;

/**
 * Pins messages of a conversation: a versioned set of at most 100, for staff (product.md §4). Who
 * names the version that they have read loses no change of another's; a message that is deleted is
 * pinned no more.
 */
@ApplicationScoped
class PinMessage implements OnDeletion {
  private static final int MOST = 100;

  private final Revisions revisions;
  private final Timelines timelines;
  private final Pins pins;
  private final Waiter waiter;

  PinMessage(Revisions revisions, Timelines timelines, Pins pins, Waiter waiter) {
    this.revisions = revisions;
    this.timelines = timelines;
    this.pins = pins;
    this.waiter = waiter;
  }

  Uni<PinList> list(Caller caller, String conversationId) {
    requireStaff(caller);
    UUID conversation = Ids.parse(conversationId);
    return waiter
        .visible(conversation, () -> timelines.access(caller, conversation))
        .flatMap(access -> pins.list(caller, conversation, access));
  }

  Uni<PinList> pin(Caller caller, String conversationId, String messageId, String ifMatch) {
    return change(
        caller,
        conversationId,
        messageId,
        ifMatch,
        held -> {
          if (held.stored().isDeleted()) {
            throw Problem.notFound();
          }
          return held.message().pinned()
              ? Uni.createFrom().voidItem()
              : pins.state(held)
                  .flatMap(
                      state -> {
                        if (state.count() >= MOST) {
                          throw Problem.of(
                              Code.NOT_APPLICABLE, "A conversation has at most 100 pins.");
                        }
                        return add(held);
                      });
        });
  }

  Uni<PinList> unpin(Caller caller, String conversationId, String messageId, String ifMatch) {
    return change(
        caller,
        conversationId,
        messageId,
        ifMatch,
        held -> held.message().pinned() ? remove(held) : Uni.createFrom().voidItem());
  }

  @Override
  public Uni<Void> deleted(Held held) {
    return held.message().pinned() ? remove(held) : Uni.createFrom().voidItem();
  }

  private Uni<PinList> change(
      Caller caller,
      String conversationId,
      String messageId,
      String ifMatch,
      Function<Held, Uni<Void>> body) {
    requireStaff(caller);
    UUID conversation = Ids.parse(conversationId);
    return revisions.change(
        caller,
        messageId,
        held -> {
          if (!held.message().conversationId().equals(conversation)) {
            throw Problem.notFound();
          }
          held.access().requirePart();
          return pins.list(held)
              .flatMap(
                  now -> {
                    if (!IfMatch.holds(ifMatch, now.version())) {
                      throw Problem.of(Code.VERSION_CONFLICT, "The pins were changed meanwhile.")
                          .with("current", now);
                    }
                    return body.apply(held).chain(() -> pins.list(held));
                  });
        });
  }

  private Uni<Void> add(Held held) {
    return held.placeForStaff()
        .flatMap(
            place ->
                pins.add(held)
                    .invoke(version -> held.tell(place, EventType.PIN_ADDED, of(held, version))))
        .replaceWithVoid();
  }

  private Uni<Void> remove(Held held) {
    return held.placeForStaff()
        .flatMap(
            place ->
                pins.remove(held)
                    .invoke(version -> held.tell(place, EventType.PIN_REMOVED, of(held, version))))
        .replaceWithVoid();
  }

  private static Pinned of(Held held, long version) {
    return new Pinned(held.message().id(), held.message().seq(), held.caller().id(), version);
  }

  private static void requireStaff(Caller caller) {
    if (caller.isClient()) {
      throw Problem.of(Code.FORBIDDEN, "Pins are for staff.");
    }
  }
}
