package dev.parley.message.delete;

import dev.parley.chassis.caller.Caller;
import dev.parley.chassis.problem.Code;
import dev.parley.chassis.problem.IfMatch;
import dev.parley.chassis.problem.Problem;
import dev.parley.contracts.EventType;
import dev.parley.contracts.event.ConversationType;
import dev.parley.contracts.event.MessageKind;
import dev.parley.message.Access;
import dev.parley.message.OnDeletion;
import dev.parley.message.Revisions;
import dev.parley.message.Revisions.Held;
import dev.parley.message.Stored;
import dev.parley.message.Timelines;
import dev.parley.message.copy.Shown;
import io.quarkus.arc.All;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;

/**
 * Deletes a message: its author, or who manages a group, a channel or a deal room (product.md §4).
 * Nothing of what was said is kept; that it was, by whom and when it went, is. Replies stay. What
 * went out as SMS is only hidden here: the other side has it.
 */
@ApplicationScoped
class DeleteMessage {
  private static final Set<ConversationType> MANAGED =
      Set.of(ConversationType.GROUP, ConversationType.CHANNEL, ConversationType.DEAL_ROOM);

  private static final String DELETE =
      """
      update message
      set body = '', mentions = '{}', record_refs = '[]', previews = null, edited_at = null,
          edited_version = null, deleted_by = $3, deleted_at = $4, version = version + 1, rev = $5
      where tenant = $1 and id = $2
      """;

  private final Revisions revisions;
  private final Shown shown;
  private final List<OnDeletion> others;

  DeleteMessage(Revisions revisions, Shown shown, @All List<OnDeletion> others) {
    this.revisions = revisions;
    this.shown = shown;
    this.others = others;
  }

  Uni<Void> delete(Caller caller, String messageId, String ifMatch) {
    return shown.besides(
        revisions.change(caller, messageId, held -> apply(held, ifMatch)), caller, messageId);
  }

  private Uni<Void> apply(Held held, String ifMatch) {
    if (!mayDelete(held.caller(), held.access(), held.stored())) {
      throw Problem.of(Code.FORBIDDEN, "Its author deletes a message, or who manages the room.");
    }
    if (held.stored().isDeleted()) {
      return Uni.createFrom().voidItem();
    }
    if (!IfMatch.holds(ifMatch, held.message().version())) {
      throw Problem.of(Code.VERSION_CONFLICT, "It was changed meanwhile.");
    }
    Uni<Void> ended = Uni.createFrom().voidItem();
    for (OnDeletion other : others) {
      ended = ended.chain(() -> other.deleted(held));
    }
    return ended
        .chain(held::place)
        .call(place -> remove(held, place))
        .flatMap(
            place ->
                held.reload()
                    .invoke(left -> held.tell(place, EventType.MESSAGE_DELETED, left.tombstone())))
        .replaceWithVoid();
  }

  private static Uni<Void> remove(Held held, Timelines.Place place) {
    return held.work()
        .sql()
        .preparedQuery(DELETE)
        .execute(
            Tuple.of(
                held.caller().tenant(),
                held.message().id(),
                held.caller().id(),
                held.now().atOffset(ZoneOffset.UTC),
                place.rev()))
        .replaceWithVoid();
  }

  private static boolean mayDelete(Caller caller, Access access, Stored stored) {
    return stored.message().kind() == MessageKind.USER
        && (stored.isBy(caller) || access.manages(caller) && MANAGED.contains(access.type()));
  }
}
