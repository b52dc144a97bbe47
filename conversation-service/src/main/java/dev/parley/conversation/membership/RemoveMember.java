package dev.parley.conversation.membership;

import dev.parley.chassis.caller.Caller;
import dev.parley.chassis.problem.Code;
import dev.parley.chassis.problem.Problem;
import dev.parley.chassis.tx.Tx;
import dev.parley.chassis.tx.Work;
import dev.parley.contracts.Ids;
import dev.parley.contracts.event.ConversationType;
import dev.parley.contracts.event.MemberKind;
import dev.parley.contracts.event.MemberRole;
import dev.parley.contracts.event.MemberSource;
import dev.parley.conversation.Access;
import dev.parley.conversation.Conversation;
import dev.parley.conversation.ConversationLog;
import dev.parley.conversation.Derivations;
import dev.parley.conversation.DerivedMembers;
import dev.parley.conversation.DerivedMembers.Target;
import dev.parley.conversation.Members;
import dev.parley.conversation.Membership;
import dev.parley.conversation.Membership.State;
import dev.parley.conversation.MembershipPolicy;
import dev.parley.conversation.MixedGroups;
import dev.parley.conversation.Pills;
import dev.parley.conversation.Query;
import dev.parley.conversation.Seen;
import dev.parley.conversation.Setting;
import dev.parley.conversation.Settings;
import dev.parley.conversation.Succession;
import dev.parley.conversation.Who;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * Removes a member, or lets one leave. After the answer 204 nothing of the conversation reaches
 * them any more; what was accepted before stands.
 */
@ApplicationScoped
class RemoveMember {
  private static final String REASON = "It ends when its reason ends.";

  /** Types that have members by hand and by their records. */
  private static final Set<ConversationType> DERIVING =
      EnumSet.of(ConversationType.DEAL_ROOM, ConversationType.CLIENT_GROUP);

  private final Tx tx;
  private final Access access;
  private final Members members;
  private final ConversationLog log;
  private final Pills pills;
  private final Succession succession;
  private final MixedGroups mixed;
  private final Settings settings;
  private final Derivations derivations;
  private final DerivedMembers wanted;
  private final Sequenced sequenced;

  RemoveMember(
      Tx tx,
      Access access,
      Members members,
      ConversationLog log,
      Pills pills,
      Succession succession,
      MixedGroups mixed,
      Settings settings,
      Derivations derivations,
      DerivedMembers wanted,
      Sequenced sequenced) {
    this.tx = tx;
    this.access = access;
    this.members = members;
    this.log = log;
    this.pills = pills;
    this.succession = succession;
    this.mixed = mixed;
    this.settings = settings;
    this.derivations = derivations;
    this.wanted = wanted;
    this.sequenced = sequenced;
  }

  private record Removal(Conversation conversation, UUID member) {}

  /** Whether it has its place among the messages; the removal holds in any case. */
  Uni<Boolean> remove(Caller caller, String id, String member) {
    return tx.write(work -> remove(work, caller, id, member))
        .flatMap(removal -> sequenced.await(removal.conversation(), List.of(removal.member())))
        .map(Sequenced.Outcome::done);
  }

  private Uni<Removal> remove(Work work, Caller caller, String id, String memberId) {
    return access
        .lock(work, caller, id)
        .flatMap(
            seen -> {
              UUID named = named(seen, memberId);
              return members
                  .find(Query.in(work), seen.conversation(), List.of(named))
                  .map(found -> found.stream().findFirst().orElseThrow(Problem::notFound))
                  .call(member -> remove(work, caller, seen, member))
                  .replaceWith(new Removal(seen.conversation(), named));
            });
  }

  private static UUID named(Seen seen, String memberId) {
    boolean self = memberId.equals("me");
    UUID wanted = self && seen.isMember() ? seen.mine().memberId() : Ids.parse(memberId);
    if (wanted == null) {
      throw Problem.notFound();
    }
    return wanted;
  }

  private Uni<Void> remove(Work work, Caller caller, Seen seen, Membership member) {
    if (member.state() == State.ENDED) {
      throw Problem.notFound();
    }
    boolean self = seen.isMember() && seen.mine().memberId().equals(member.id());
    return who(work, caller, seen, self)
        .flatMap(
            who -> {
              check(caller, seen, member, self, who);
              return requireNoReason(work, seen.conversation(), member)
                  .chain(() -> remove(work, caller, seen.conversation(), member));
            });
  }

  /** Who was added by hand, and belongs there by the records as they are now, stays too. */
  private Uni<Void> requireNoReason(Work work, Conversation conversation, Membership member) {
    if (!DERIVING.contains(conversation.type())) {
      return Uni.createFrom().voidItem();
    }
    return wanted
        .all(Query.in(work), List.of(Target.of(conversation, null)))
        .invoke(
            people -> {
              if (people.getOrDefault(conversation.id(), List.of()).stream()
                  .anyMatch(one -> one.is(member))) {
                throw Problem.of(Code.DERIVED_MEMBER, REASON);
              }
            })
        .replaceWithVoid();
  }

  /** Who may do it; where a tenant's settings decide on leaving they are read. */
  private Uni<Who> who(Work work, Caller caller, Seen seen, boolean self) {
    MembershipPolicy policy = MembershipPolicy.of(seen.conversation().type());
    if (!self) {
      return Uni.createFrom().item(policy.remove());
    }
    return policy.leave() != Who.IF_SET
        ? Uni.createFrom().item(policy.leave())
        : settings
            .of(Query.in(work), caller.tenant())
            .map(set -> policy.leave(set.isOn(Setting.INTERNAL_CHAT_LEAVE)));
  }

  private Uni<Void> remove(Work work, Caller caller, Conversation conversation, Membership member) {
    if (member.state() == State.REMOVING) {
      return Uni.createFrom().voidItem();
    }
    Uni<Void> succeeded =
        member.role() == MemberRole.OWNER
            ? succession.succeed(work, caller.actor(), conversation, member)
            : Uni.createFrom().voidItem();
    return succeeded
        .chain(() -> members.remove(work, conversation, member.id()))
        .invoke(() -> log.remove(work, caller.actor(), conversation, member))
        .invoke(() -> pills.removed(work, caller.actor(), conversation, member))
        .chain(
            () ->
                member.kind() == MemberKind.PHONE
                    ? mixed.leave(work, caller.actor(), conversation, member.subjectId())
                    : Uni.createFrom().voidItem())
        .chain(
            () ->
                conversation.type() == ConversationType.CLIENT_GROUP
                    ? derivations.changed(work, conversation)
                    : Uni.createFrom().voidItem());
  }

  private static void check(Caller caller, Seen seen, Membership member, boolean self, Who who) {
    MembershipPolicy policy = MembershipPolicy.of(seen.conversation().type());
    boolean stays = member.role() == MemberRole.OWNER && !(self && policy.succeeded());
    if (who != Who.NOBODY || caller.isClient()) {
      policy.require(who, seen, caller);
    }
    if (member.source() == MemberSource.DERIVED) {
      throw Problem.of(Code.DERIVED_MEMBER, REASON);
    }
    if (who == Who.NOBODY || stays) {
      throw Problem.of(Code.NOT_REMOVABLE, "Nobody removes this member from this type.");
    }
  }
}
