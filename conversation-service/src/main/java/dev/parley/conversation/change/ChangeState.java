package dev.parley.conversation.change;

import dev.parley.chassis.caller.Caller;
import dev.parley.chassis.problem.Code;
import dev.parley.chassis.problem.IfMatch;
import dev.parley.chassis.problem.Problem;
import dev.parley.chassis.tx.Tx;
import dev.parley.chassis.tx.Work;
import dev.parley.contracts.EventType;
import dev.parley.contracts.event.ConversationState;
import dev.parley.conversation.Access;
import dev.parley.conversation.Conversation;
import dev.parley.conversation.ConversationLog;
import dev.parley.conversation.ConversationView;
import dev.parley.conversation.Conversations;
import dev.parley.conversation.MembershipPolicy;
import dev.parley.conversation.Pills;
import dev.parley.conversation.Query;
import dev.parley.conversation.Views;
import dev.parley.conversation.Who;
import io.smallrye.mutiny.Uni;
import io.vertx.pgclient.PgException;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.function.Function;

/**
 * Closes, opens, archives (product.md §1). What is so already is answered alike and tells nobody.
 */
@ApplicationScoped
class ChangeState {
  private final Tx tx;
  private final Access access;
  private final Conversations conversations;
  private final ConversationLog log;
  private final Pills pills;
  private final Views views;

  ChangeState(
      Tx tx,
      Access access,
      Conversations conversations,
      ConversationLog log,
      Pills pills,
      Views views) {
    this.tx = tx;
    this.access = access;
    this.conversations = conversations;
    this.log = log;
    this.pills = pills;
    this.views = views;
  }

  /** What can be done to a conversation's state. */
  enum Act {
    CLOSE(ConversationState.CLOSED, EventType.CONVERSATION_CLOSED, MembershipPolicy::close),
    OPEN(ConversationState.OPEN, EventType.CONVERSATION_OPENED, MembershipPolicy::close),
    ARCHIVE(ConversationState.ARCHIVED, EventType.CONVERSATION_ARCHIVED, MembershipPolicy::archive),
    UNARCHIVE(ConversationState.OPEN, EventType.CONVERSATION_UNARCHIVED, MembershipPolicy::archive);

    private final ConversationState to;
    private final String event;
    private final Function<MembershipPolicy, Who> who;

    Act(ConversationState to, String event, Function<MembershipPolicy, Who> who) {
      this.to = to;
      this.event = event;
      this.who = who;
    }
  }

  /**
   * Does it.
   *
   * @param ifMatch the version that the caller has seen, or null: then the last write wins
   * @throws Problem 409 {@code version_conflict} with {@code current} when it has changed since
   */
  Uni<ConversationView> change(Caller caller, String id, String ifMatch, Act act) {
    return tx.write(work -> change(work, caller, id, ifMatch, act))
        .onFailure(e -> e instanceof PgException pg && "23505".equals(pg.getSqlState()))
        .transform(
            e -> Problem.of(Code.NUMBER_IN_USE, "Another conversation has these numbers now."));
  }

  private Uni<ConversationView> change(
      Work work, Caller caller, String id, String ifMatch, Act act) {
    Query query = Query.in(work);
    return access
        .lock(work, caller, id)
        .call(
            seen -> {
              Conversation now = seen.conversation();
              MembershipPolicy policy = MembershipPolicy.of(now.type());
              policy.require(act.who.apply(policy), seen, caller);
              if (!IfMatch.holds(ifMatch, now.version())) {
                return views.conflict(query, caller, seen);
              }
              boolean archived = now.state() == ConversationState.ARCHIVED;
              if (archived && (act == Act.CLOSE || act == Act.OPEN)) {
                throw Problem.of(Code.CONVERSATION_ARCHIVED, "Take it out of the archive first.");
              }
              boolean nothing = act == Act.UNARCHIVE ? !archived : now.state() == act.to;
              if (nothing) {
                return Uni.createFrom().voidItem();
              }
              Conversation next = now.in(act.to);
              return conversations
                  .update(work, next)
                  .chain(() -> log.changed(work, caller.actor(), act.event, next))
                  .invoke(() -> say(work, caller, act, next));
            })
        .chain(() -> access.require(query, caller, id))
        .flatMap(seen -> views.of(query, caller, seen));
  }

  private void say(Work work, Caller caller, Act act, Conversation now) {
    if (act == Act.CLOSE) {
      pills.closed(work, caller.actor(), now);
    } else if (act == Act.OPEN) {
      pills.opened(work, caller.actor(), now);
    }
  }
}
