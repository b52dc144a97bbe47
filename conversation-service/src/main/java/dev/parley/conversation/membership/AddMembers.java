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
import dev.parley.conversation.Membership;
import dev.parley.conversation.MembershipPolicy;
import dev.parley.conversation.Query;
import dev.parley.conversation.Seen;
import dev.parley.conversation.membership.Newcomers.Known;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
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
  private final Newcomers newcomers;
  private final Admission admission;
  private final Idempotency idempotency;
  private final Sequenced sequenced;

  AddMembers(
      Tx tx,
      Access access,
      Newcomers newcomers,
      Admission admission,
      Idempotency idempotency,
      Sequenced sequenced) {
    this.tx = tx;
    this.access = access;
    this.newcomers = newcomers;
    this.admission = admission;
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
              check(caller, seen, request);
              List<Newcomer> named =
                  Newcomers.of(request, MembershipPolicy.of(seen.conversation().type()));
              requireOwnNumber(seen.conversation(), named);
              return newcomers
                  .known(caller, named)
                  .flatMap(
                      known ->
                          idempotency.write(
                              caller,
                              key,
                              "POST /v1/conversations/" + id + "/members",
                              request,
                              Asked.class,
                              work -> write(work, caller, id, request, named, known)))
                  .flatMap(asked -> sequenced.await(seen.conversation(), asked.body().ids()));
            })
        .map(
            outcome ->
                new Answer<>(
                    outcome.done() ? 201 : 202,
                    new MemberPage(outcome.members().stream().map(Membership::member).toList())));
  }

  /** Who writes from outside must have a number of ours to write to, and none of ours. */
  private static void requireOwnNumber(Conversation conversation, List<Newcomer> named) {
    for (Newcomer one : named) {
      if (one.kind() == MemberKind.PHONE && one.id().equals(conversation.ownNumber())) {
        throw Problem.invalid(one.field(), "is your own number");
      }
    }
    named.stream()
        .filter(one -> one.kind() == MemberKind.PHONE && conversation.ownNumber() == null)
        .findFirst()
        .ifPresent(
            one -> {
              throw Problem.at(
                  Code.NO_SMS_NUMBER, one.field(), "has no number of ours to write to here");
            });
  }

  private static History check(Caller caller, Seen seen, AddRequest request) {
    MembershipPolicy policy = MembershipPolicy.of(seen.conversation().type());
    policy.require(policy.add(), seen, caller);
    if (request.role() != null && policy.others() == null) {
      throw Problem.at(Code.NOT_APPLICABLE, "role", "is not for this type: it has no roles");
    }
    if (request.role() == MemberRole.OWNER) {
      throw Problem.invalid("role", "must be member or admin");
    }
    if (request.role() == MemberRole.ADMIN) {
      policy.require(policy.roles(), seen, caller);
    }
    return policy.historyFor(request.history());
  }

  private Uni<Answer<Asked>> write(
      Work work, Caller caller, String id, AddRequest request, List<Newcomer> named, Known known) {
    return access
        .lock(work, caller, id)
        .flatMap(
            seen -> {
              History history = check(caller, seen, request);
              Conversation conversation = seen.conversation();
              if (conversation.state() == ConversationState.ARCHIVED) {
                throw Problem.of(Code.CONVERSATION_ARCHIVED, "It takes no newcomers.");
              }
              return admission
                  .requireOneCompany(Query.in(work), conversation, named, known)
                  .chain(
                      () ->
                          admission.admit(
                              work,
                              caller.actor(),
                              conversation,
                              named,
                              known::nameOf,
                              request.role(),
                              history));
            })
        .map(asked -> new Answer<>(201, new Asked(asked)));
  }
}
