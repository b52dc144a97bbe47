package dev.parley.conversation.membership;

import dev.parley.chassis.caller.Caller;
import dev.parley.chassis.problem.Code;
import dev.parley.chassis.problem.Problem;
import dev.parley.chassis.tx.Tx;
import dev.parley.chassis.tx.Work;
import dev.parley.contracts.Ids;
import dev.parley.contracts.event.ConversationState;
import dev.parley.contracts.event.Member;
import dev.parley.contracts.event.MemberKind;
import dev.parley.contracts.event.MemberRole;
import dev.parley.conversation.Access;
import dev.parley.conversation.Conversation;
import dev.parley.conversation.Members;
import dev.parley.conversation.Membership;
import dev.parley.conversation.Membership.State;
import dev.parley.conversation.MembershipPolicy;
import dev.parley.conversation.Query;
import dev.parley.conversation.Seen;
import dev.parley.conversation.Succession;
import dev.parley.conversation.copy.RecordCopy;
import dev.parley.conversation.copy.Records;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;

/**
 * Gives a member another role. There is one owner at any time: who hands over becomes admin in the
 * same moment, and an owner gives up the role in no other way than handing over or leaving.
 */
@ApplicationScoped
class ChangeRole {
  private final Tx tx;
  private final Access access;
  private final Members members;
  private final Succession succession;
  private final Records records;

  ChangeRole(Tx tx, Access access, Members members, Succession succession, Records records) {
    this.tx = tx;
    this.access = access;
    this.members = members;
    this.succession = succession;
    this.records = records;
  }

  /** The member as it is now. */
  Uni<Member> change(Caller caller, String id, String memberId, MemberRole role) {
    return tx.write(work -> change(work, caller, id, memberId, role)).map(Membership::member);
  }

  private Uni<Membership> change(
      Work work, Caller caller, String id, String memberId, MemberRole role) {
    return access
        .lock(work, caller, id)
        .flatMap(
            seen -> {
              MembershipPolicy policy = MembershipPolicy.of(seen.conversation().type());
              policy.require(policy.roles(), seen, caller);
              boolean self = memberId.equals("me") && seen.isMember();
              UUID wanted = self ? seen.mine().memberId() : Ids.parse(memberId);
              if (wanted == null) {
                throw Problem.notFound();
              }
              return members
                  .find(Query.in(work), seen.conversation(), List.of(wanted))
                  .map(
                      found ->
                          found.stream()
                              .filter(one -> one.state() == State.ACTIVE)
                              .findFirst()
                              .orElseThrow(Problem::notFound))
                  .flatMap(member -> change(work, caller, seen, member, role));
            });
  }

  private Uni<Membership> change(
      Work work, Caller caller, Seen seen, Membership member, MemberRole role) {
    Conversation conversation = seen.conversation();
    if (conversation.state() == ConversationState.ARCHIVED) {
      throw Problem.of(Code.CONVERSATION_ARCHIVED, "Take it out of the archive first.");
    }
    if (member.role() == role) {
      return Uni.createFrom().item(member);
    }
    if (member.role() == MemberRole.OWNER) {
      throw Problem.invalid("role", "of the owner changes by handing over: name another owner");
    }
    if (member.kind() != MemberKind.USER) {
      throw Problem.invalid("role", "is for users");
    }
    Uni<Void> changed =
        role == MemberRole.OWNER
            ? requireActive(work, caller, member)
                .chain(() -> succession.handOver(work, caller.actor(), conversation, member))
            : succession.give(work, caller.actor(), conversation, member, role);
    return changed.replaceWith(member.as(role));
  }

  /** Who is deactivated can own nothing: there would be nobody who could give it on. */
  private Uni<Void> requireActive(Work work, Caller caller, Membership member) {
    return records
        .people(Query.in(work), caller, List.of("user"), List.of(member.subjectId()))
        .invoke(
            found -> {
              if (!found.stream().allMatch(RecordCopy::active)) {
                throw Problem.at(Code.NOT_APPLICABLE, "role", "is not for who is deactivated");
              }
            })
        .replaceWithVoid();
  }
}
