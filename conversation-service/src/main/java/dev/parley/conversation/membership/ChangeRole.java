package dev.parley.conversation.membership;

import dev.parley.chassis.caller.Caller;
import dev.parley.chassis.problem.Problem;
import dev.parley.chassis.tx.Tx;
import dev.parley.chassis.tx.Work;
import dev.parley.contracts.Ids;
import dev.parley.contracts.event.Member;
import dev.parley.contracts.event.MemberKind;
import dev.parley.contracts.event.MemberRole;
import dev.parley.conversation.Access;
import dev.parley.conversation.Conversation;
import dev.parley.conversation.ConversationLog;
import dev.parley.conversation.Members;
import dev.parley.conversation.Membership;
import dev.parley.conversation.Membership.State;
import dev.parley.conversation.MembershipPolicy;
import dev.parley.conversation.Query;
import dev.parley.conversation.Seen;
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
  private final ConversationLog log;

  ChangeRole(Tx tx, Access access, Members members, ConversationLog log) {
    this.tx = tx;
    this.access = access;
    this.members = members;
    this.log = log;
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
    if (member.role() == role) {
      return Uni.createFrom().item(member);
    }
    if (member.role() == MemberRole.OWNER) {
      throw Problem.invalid("role", "of the owner changes by handing over: name another owner");
    }
    if (member.kind() != MemberKind.USER) {
      throw Problem.invalid("role", "is for users");
    }
    Uni<Void> handedOver =
        role == MemberRole.OWNER
            ? demoteOwner(work, caller, conversation)
            : Uni.createFrom().voidItem();
    return handedOver.chain(() -> give(work, caller, conversation, member, role));
  }

  private Uni<Void> demoteOwner(Work work, Caller caller, Conversation conversation) {
    return members
        .owner(Query.in(work), conversation)
        .flatMap(
            owner ->
                owner.isEmpty()
                    ? Uni.createFrom().voidItem()
                    : give(work, caller, conversation, owner.get(), MemberRole.ADMIN)
                        .replaceWithVoid());
  }

  private Uni<Membership> give(
      Work work, Caller caller, Conversation conversation, Membership member, MemberRole role) {
    Membership changed = member.as(role);
    return members
        .setRole(work, conversation, member.id(), role)
        .invoke(() -> log.update(work, caller.actor(), conversation, changed))
        .replaceWith(changed);
  }
}
