package dev.parley.message.reaction;

import dev.parley.chassis.caller.Caller;
import dev.parley.chassis.problem.Code;
import dev.parley.chassis.problem.Problem;
import dev.parley.contracts.EventType;
import dev.parley.contracts.event.Reacted;
import dev.parley.contracts.event.Visibility;
import dev.parley.message.OnDeletion;
import dev.parley.message.Revisions;
import dev.parley.message.Revisions.Held;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Reacts to a message, and takes it back (product.md §4): both idempotent, both telling everybody
 * who sees the message how many there are now. A reaction makes nothing unread.
 */
@ApplicationScoped
class React implements OnDeletion {
  private static final int MOST_KINDS = 50;

  private final Revisions revisions;
  private final Reactions reactions;

  React(Revisions revisions, Reactions reactions) {
    this.revisions = revisions;
    this.reactions = reactions;
  }

  Uni<Void> add(Caller caller, String messageId, String text) {
    String emoji = Emoji.of(text);
    return change(
        caller,
        messageId,
        emoji,
        (held, state) -> {
          if (state.mine()) {
            return Uni.createFrom().voidItem();
          }
          if (!state.known() && state.kinds() >= MOST_KINDS) {
            throw Problem.at(
                Code.NOT_APPLICABLE, "emoji", "is one kind more than the 50 a message may have");
          }
          return reactions
              .add(held, emoji)
              .chain(() -> tell(held, emoji, EventType.REACTION_ADDED));
        });
  }

  Uni<Void> remove(Caller caller, String messageId, String text) {
    String emoji = Emoji.of(text);
    return change(
        caller,
        messageId,
        emoji,
        (held, state) ->
            state.mine()
                ? reactions
                    .remove(held, emoji)
                    .chain(() -> tell(held, emoji, EventType.REACTION_REMOVED))
                : Uni.createFrom().voidItem());
  }

  @Override
  public Uni<Void> deleted(Held held) {
    return reactions.forget(held);
  }

  private interface Step {
    Uni<Void> of(Held held, Reactions.State state);
  }

  private Uni<Void> change(Caller caller, String messageId, String emoji, Step step) {
    return revisions.change(
        caller,
        messageId,
        held -> {
          if (held.stored().isDeleted()) {
            throw Problem.notFound();
          }
          held.access().requirePart();
          return reactions.state(held, emoji).flatMap(state -> step.of(held, state));
        });
  }

  private Uni<Void> tell(Held held, String emoji, String type) {
    Visibility visibility = held.message().visibility();
    return held.place()
        .flatMap(
            place ->
                reactions
                    .count(held, emoji)
                    .invoke(
                        now ->
                            held.tell(
                                place,
                                type,
                                new Reacted(
                                    held.message().id(),
                                    emoji,
                                    held.caller().id(),
                                    now.count(),
                                    now.version(),
                                    visibility == Visibility.ALL ? null : visibility))))
        .replaceWithVoid();
  }
}
