package dev.parley.conversation.change;

import dev.parley.chassis.caller.Caller;
import dev.parley.chassis.problem.Code;
import dev.parley.chassis.problem.IfMatch;
import dev.parley.chassis.problem.Problem;
import dev.parley.chassis.tx.Tx;
import dev.parley.chassis.tx.Work;
import dev.parley.contracts.event.ConversationState;
import dev.parley.conversation.Access;
import dev.parley.conversation.Conversation;
import dev.parley.conversation.ConversationLog;
import dev.parley.conversation.ConversationView;
import dev.parley.conversation.Conversations;
import dev.parley.conversation.MembershipPolicy;
import dev.parley.conversation.People;
import dev.parley.conversation.Pills;
import dev.parley.conversation.Query;
import dev.parley.conversation.Views;
import io.smallrye.mutiny.Uni;
import io.vertx.pgclient.PgException;
import jakarta.enterprise.context.ApplicationScoped;

/** Changes what a conversation is called and is about. Nothing is lost by two at once unseen. */
@ApplicationScoped
class ChangeConversation {
  private static final String UNIQUE_VIOLATION = "23505";

  private final Tx tx;
  private final Access access;
  private final People people;
  private final Conversations conversations;
  private final ConversationLog log;
  private final Pills pills;
  private final Views views;

  ChangeConversation(
      Tx tx,
      Access access,
      People people,
      Conversations conversations,
      ConversationLog log,
      Pills pills,
      Views views) {
    this.tx = tx;
    this.access = access;
    this.people = people;
    this.conversations = conversations;
    this.log = log;
    this.pills = pills;
    this.views = views;
  }

  /**
   * Applies the changes; the same as it is already changes nothing and tells nobody.
   *
   * @param ifMatch the version that the caller has seen, or null: then the last write wins
   * @throws Problem 409 {@code version_conflict} with {@code current} when it has changed since
   */
  Uni<ConversationView> change(Caller caller, String id, String ifMatch, Changes changes) {
    return access
        .require(tx::read, caller, id)
        .chain(() -> people.records(caller, changes.newRefs()))
        .chain(() -> tx.write(work -> change(work, caller, id, ifMatch, changes)))
        .onFailure(ChangeConversation::isNameTaken)
        .transform(e -> Problem.at(Code.NAME_TAKEN, "name", "is another channel's"));
  }

  private Uni<ConversationView> change(
      Work work, Caller caller, String id, String ifMatch, Changes changes) {
    return access
        .lock(work, caller, id)
        .flatMap(
            seen -> {
              Conversation now = seen.conversation();
              MembershipPolicy policy = MembershipPolicy.of(now.type());
              policy.require(policy.edit(), seen, caller);
              if (changes.settings()) {
                policy.require(policy.manage(), seen, caller);
              }
              if (!IfMatch.holds(ifMatch, now.version())) {
                return views.conflict(Query.in(work), caller, seen);
              }
              if (now.state() == ConversationState.ARCHIVED) {
                throw Problem.of(Code.CONVERSATION_ARCHIVED, "Take it out of the archive first.");
              }
              Conversation next = changes.applyTo(now);
              Uni<Void> stored =
                  next == now
                      ? Uni.createFrom().voidItem()
                      : conversations
                          .update(work, next)
                          .chain(() -> log.updated(work, caller.actor(), now, next))
                          .invoke(() -> pills.renamed(work, caller.actor(), now, next));
              return stored.chain(() -> view(work, caller, id));
            });
  }

  private Uni<ConversationView> view(Work work, Caller caller, String id) {
    Query query = Query.in(work);
    return access.require(query, caller, id).flatMap(seen -> views.of(query, caller, seen));
  }

  private static boolean isNameTaken(Throwable e) {
    return e instanceof PgException pg && UNIQUE_VIOLATION.equals(pg.getSqlState());
  }
}
