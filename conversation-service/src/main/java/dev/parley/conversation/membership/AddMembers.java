package dev.parley.conversation.membership;

import dev.parley.chassis.caller.Caller;
import dev.parley.chassis.idempotency.Idempotency;
import dev.parley.chassis.idempotency.Idempotency.Answer;
import dev.parley.chassis.problem.Code;
import dev.parley.chassis.problem.Problem;
import dev.parley.chassis.tx.Tx;
import dev.parley.chassis.tx.Work;
import dev.parley.contracts.event.ConversationState;
import dev.parley.contracts.event.History;
import dev.parley.contracts.event.MemberKind;
import dev.parley.contracts.event.MemberRole;
import dev.parley.conversation.Access;
import dev.parley.conversation.Conversation;
import dev.parley.conversation.ConversationLog;
import dev.parley.conversation.Members;
import dev.parley.conversation.Membership;
import dev.parley.conversation.MembershipPolicy;
import dev.parley.conversation.People;
import dev.parley.conversation.People.Named;
import dev.parley.conversation.Query;
import dev.parley.conversation.Seen;
import dev.parley.conversation.copy.RecordCopy;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Adds people to a conversation. Who is a member already stays the one member that they are; after
 * the answer 201 everything said from then on is theirs to see, and of what was said before what
 * {@code history} says.
 */
@ApplicationScoped
class AddMembers {
  private final Tx tx;
  private final Access access;
  private final People people;
  private final Members members;
  private final ConversationLog log;
  private final Idempotency idempotency;
  private final Sequenced sequenced;

  AddMembers(
      Tx tx,
      Access access,
      People people,
      Members members,
      ConversationLog log,
      Idempotency idempotency,
      Sequenced sequenced) {
    this.tx = tx;
    this.access = access;
    this.people = people;
    this.members = members;
    this.log = log;
    this.idempotency = idempotency;
    this.sequenced = sequenced;
  }

  /** The memberships asked for, whichever of them are new. */
  record Asked(List<UUID> ids) {}

  /** The answer: 201 when they have their place among the messages, else 202. */
  Uni<Answer<MemberPage>> add(Caller caller, String id, String key, AddRequest request) {
    return access
        .require(tx::read, caller, id)
        .flatMap(
            seen -> {
              History history = check(caller, seen, request);
              List<Named> named = Newcomers.of(request);
              return people
                  .users(caller, named)
                  .flatMap(
                      users ->
                          idempotency.write(
                              caller,
                              key,
                              "POST /v1/conversations/" + id + "/members",
                              request,
                              Asked.class,
                              work -> write(work, caller, id, request, history, named, users)))
                  .flatMap(asked -> sequenced.await(seen.conversation(), asked.body().ids()));
            })
        .map(
            outcome ->
                new Answer<>(
                    outcome.done() ? 201 : 202,
                    new MemberPage(outcome.members().stream().map(Membership::member).toList())));
  }

  private static History check(Caller caller, Seen seen, AddRequest request) {
    MembershipPolicy policy = MembershipPolicy.of(seen.conversation().type());
    policy.require(policy.add(), seen, caller);
    if (request.role() == MemberRole.OWNER) {
      throw Problem.invalid("role", "must be member or admin");
    }
    if (request.role() == MemberRole.ADMIN) {
      policy.require(policy.roles(), seen, caller);
    }
    return policy.historyFor(request.history());
  }

  private Uni<Answer<Asked>> write(
      Work work,
      Caller caller,
      String id,
      AddRequest request,
      History history,
      List<Named> named,
      Map<String, RecordCopy> users) {
    Query query = Query.in(work);
    return access
        .lock(work, caller, id)
        .flatMap(
            seen -> {
              check(caller, seen, request);
              Conversation conversation = seen.conversation();
              if (conversation.state() == ConversationState.ARCHIVED) {
                throw Problem.of(Code.CONVERSATION_ARCHIVED, "It takes no newcomers.");
              }
              List<String> ids = named.stream().map(Named::id).toList();
              return members
                  .live(query, conversation, MemberKind.USER, ids)
                  .flatMap(
                      live -> {
                        List<Membership> all = new ArrayList<>(live.values());
                        List<Membership> fresh = fresh(conversation, ids, live, users, request);
                        all.addAll(fresh);
                        List<UUID> asked = all.stream().map(Membership::id).toList();
                        return roomFor(query, conversation, fresh.size())
                            .chain(() -> members.insert(work, conversation, fresh))
                            .invoke(
                                () ->
                                    fresh.forEach(
                                        one ->
                                            log.add(
                                                work, caller.actor(), conversation, one, history)))
                            .replaceWith(new Answer<>(201, new Asked(asked)));
                      });
            });
  }

  private List<Membership> fresh(
      Conversation conversation,
      List<String> ids,
      Map<String, Membership> live,
      Map<String, RecordCopy> users,
      AddRequest request) {
    MemberRole role = request.role() == null ? MemberRole.MEMBER : request.role();
    return ids.stream()
        .filter(user -> !live.containsKey(user))
        .map(
            user ->
                Membership.requested(
                    conversation.id(), user, users.get(user).title(), role, log.now()))
        .toList();
  }

  private Uni<Void> roomFor(Query query, Conversation conversation, int more) {
    int most = MembershipPolicy.of(conversation.type()).most();
    return members
        .count(query, conversation)
        .invoke(
            count -> {
              if (more > 0 && count + more > most) {
                throw Problem.invalid("members", "would be more than " + most);
              }
            })
        .replaceWithVoid();
  }
}
