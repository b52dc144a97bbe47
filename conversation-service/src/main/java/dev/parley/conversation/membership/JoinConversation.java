package dev.parley.conversation.membership;

import dev.parley.chassis.caller.Caller;
import dev.parley.chassis.problem.Code;
import dev.parley.chassis.problem.Problem;
import dev.parley.chassis.tx.Tx;
import dev.parley.chassis.tx.Work;
import dev.parley.contracts.event.ConversationState;
import dev.parley.contracts.event.MemberKind;
import dev.parley.conversation.Access;
import dev.parley.conversation.Conversation;
import dev.parley.conversation.ConversationView;
import dev.parley.conversation.MembershipPolicy;
import dev.parley.conversation.People;
import dev.parley.conversation.Seen;
import dev.parley.conversation.Views;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;

/**
 * Lets one take part by one's own wish, where the type allows it (product.md §1): a channel of the
 * tenant, the room of a deal that one sees; a user of an agency also an internal chat that they
 * were told of.
 */
@ApplicationScoped
class JoinConversation {
  private final Tx tx;
  private final Access access;
  private final People people;
  private final Admission admission;
  private final Sequenced sequenced;
  private final Views views;

  JoinConversation(
      Tx tx, Access access, People people, Admission admission, Sequenced sequenced, Views views) {
    this.tx = tx;
    this.access = access;
    this.people = people;
    this.admission = admission;
    this.sequenced = sequenced;
    this.views = views;
  }

  /** The conversation, and whether the place among the messages is fixed. */
  record Joined(ConversationView view, boolean done) {}

  private record Asked(Conversation conversation, List<UUID> members) {}

  /** Joins; who has joined already is answered alike. */
  Uni<Joined> join(Caller caller, String id) {
    return people
        .nameOf(caller)
        .flatMap(name -> tx.write(work -> join(work, caller, id, name)))
        .flatMap(asked -> sequenced.await(asked.conversation(), asked.members()))
        .flatMap(
            outcome ->
                access
                    .joinable(tx::read, caller, id)
                    .flatMap(seen -> views.of(tx::read, caller, seen))
                    .map(view -> new Joined(view, outcome.done())));
  }

  private Uni<Asked> join(Work work, Caller caller, String id, String name) {
    return access
        .lockToJoin(work, caller, id)
        .flatMap(
            seen -> {
              Conversation conversation = seen.conversation();
              MembershipPolicy policy = MembershipPolicy.of(conversation.type());
              policy.require(policy.join(), seen, caller);
              return seen.isMember()
                  ? Uni.createFrom().item(new Asked(conversation, mine(seen)))
                  : admit(work, caller, conversation, policy, name);
            });
  }

  private Uni<Asked> admit(
      Work work, Caller caller, Conversation conversation, MembershipPolicy policy, String name) {
    if (conversation.state() == ConversationState.ARCHIVED) {
      throw Problem.of(Code.CONVERSATION_ARCHIVED, "It takes no newcomers.");
    }
    return admission
        .admit(
            work,
            caller.actor(),
            conversation,
            List.of(new Newcomer(MemberKind.USER, caller.id(), "id")),
            one -> name,
            null,
            policy.historyOfJoining())
        .map(members -> new Asked(conversation, members));
  }

  private static List<UUID> mine(Seen seen) {
    return List.of(seen.mine().memberId());
  }
}
