package dev.parley.conversation.context;

import dev.parley.chassis.caller.Caller;
import dev.parley.chassis.problem.Code;
import dev.parley.chassis.problem.IfMatch;
import dev.parley.chassis.problem.Problem;
import dev.parley.chassis.tx.Tx;
import dev.parley.chassis.tx.Work;
import dev.parley.contracts.event.Context;
import dev.parley.contracts.event.ConversationState;
import dev.parley.contracts.event.ConversationType;
import dev.parley.conversation.Access;
import dev.parley.conversation.ConversationLog;
import dev.parley.conversation.MembershipPolicy;
import dev.parley.conversation.People;
import dev.parley.conversation.Query;
import dev.parley.conversation.Seen;
import dev.parley.conversation.context.Contexts.Room;
import dev.parley.conversation.context.Contexts.Stored;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Reads and writes what a deal room is about. The version decides who may write, not the lease
 * (product.md §1, Collision detection): of many who have read the same version one writes, the
 * others get what was written and by whom. Nothing is lost silently.
 */
@ApplicationScoped
class EditContext {
  private final Tx tx;
  private final Access access;
  private final Contexts contexts;
  private final DealBars bars;
  private final TellContext tell;
  private final People people;
  private final ConversationLog log;

  EditContext(
      Tx tx,
      Access access,
      Contexts contexts,
      DealBars bars,
      TellContext tell,
      People people,
      ConversationLog log) {
    this.tx = tx;
    this.access = access;
    this.contexts = contexts;
    this.bars = bars;
    this.tell = tell;
    this.people = people;
    this.log = log;
  }

  /** The context as the caller may see it. */
  Uni<Context> read(Caller caller, String id) {
    return access
        .require(tx::read, caller, id)
        .map(EditContext::room)
        .flatMap(
            room ->
                contexts
                    .find(tx::read, room.tenant(), room.id())
                    .flatMap(stored -> view(tx::read, caller, room, stored)));
  }

  /**
   * Writes topic, note and links. The same as they are already changes nothing and tells nobody.
   *
   * @throws Problem 428 without {@code If-Match}, 409 {@code version_conflict} with {@code current}
   *     when somebody has written since
   */
  Uni<Context> write(Caller caller, String id, String ifMatch, ContextRequest request) {
    ContextRequest.Written written = request.written();
    return tx.write(
        work ->
            access
                .lock(work, caller, id)
                .flatMap(
                    seen -> {
                      Room room = room(seen);
                      MembershipPolicy policy = MembershipPolicy.of(seen.conversation().type());
                      policy.require(policy.context(), seen, caller);
                      if (seen.conversation().state() == ConversationState.ARCHIVED) {
                        throw Problem.of(
                            Code.CONVERSATION_ARCHIVED, "Take it out of the archive first.");
                      }
                      return contexts
                          .find(Query.in(work), room.tenant(), room.id())
                          .flatMap(now -> write(work, caller, room, now, ifMatch, written));
                    }));
  }

  private Uni<Context> write(
      Work work,
      Caller caller,
      Room room,
      Stored now,
      String ifMatch,
      ContextRequest.Written written) {
    Query query = Query.in(work);
    if (!IfMatch.holdsAsItMust(ifMatch, now.version())) {
      return view(query, caller, room, now)
          .map(
              current -> {
                throw Problem.of(Code.VERSION_CONFLICT, "It has changed since you read it.")
                    .with("current", current);
              });
    }
    if (written.equals(now.written())) {
      return view(query, caller, room, now);
    }
    return people
        .self(query, caller)
        .flatMap(
            by -> {
              Stored next = now.rewritten(written, by, log.now());
              return tell.tell(work, caller.actor(), room, next, true)
                  .chain(() -> view(query, caller, room, next));
            });
  }

  private Uni<Context> view(Query query, Caller caller, Room room, Stored stored) {
    return bars.of(query, caller, room.deal()).map(bar -> TellContext.context(bar, stored, null));
  }

  private static Room room(Seen seen) {
    if (seen.conversation().type() != ConversationType.DEAL_ROOM) {
      throw Problem.of(Code.NOT_APPLICABLE, "Only deal rooms have a context.");
    }
    return new Room(
        seen.conversation().id(), seen.conversation().tenant(), seen.conversation().deal());
  }
}
