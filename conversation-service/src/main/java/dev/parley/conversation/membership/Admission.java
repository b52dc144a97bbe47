package dev.parley.conversation.membership;

import dev.parley.chassis.problem.Code;
import dev.parley.chassis.problem.Problem;
import dev.parley.chassis.tx.Work;
import dev.parley.contracts.Actor;
import dev.parley.contracts.event.History;
import dev.parley.contracts.event.MemberKind;
import dev.parley.contracts.event.MemberRole;
import dev.parley.conversation.Conversation;
import dev.parley.conversation.ConversationLog;
import dev.parley.conversation.Members;
import dev.parley.conversation.Membership;
import dev.parley.conversation.MembershipPolicy;
import dev.parley.conversation.MixedGroups;
import dev.parley.conversation.Pills;
import dev.parley.conversation.Query;
import dev.parley.conversation.Succession;
import dev.parley.conversation.membership.Newcomers.Known;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/**
 * Makes people members of a conversation that the work has locked. Costs the same however many
 * there are already: places are counted where they are taken, and nobody else's row is read.
 */
@ApplicationScoped
class Admission {
  private final Members members;
  private final Succession succession;
  private final MixedGroups mixed;
  private final ConversationLog log;
  private final Pills pills;

  Admission(
      Members members, Succession succession, MixedGroups mixed, ConversationLog log, Pills pills) {
    this.members = members;
    this.succession = succession;
    this.mixed = mixed;
    this.log = log;
    this.pills = pills;
  }

  /** The memberships of all of them, those that they had and those newly asked for. */
  Uni<List<UUID>> admit(
      Work work,
      Actor actor,
      Conversation conversation,
      List<Newcomer> newcomers,
      Function<Newcomer, String> nameOf,
      MemberRole role,
      History history) {
    Query query = Query.in(work);
    return live(query, conversation, newcomers)
        .flatMap(
            live ->
                succession
                    .firstOwner(
                        query, conversation, fresh(conversation, newcomers, live, nameOf, role))
                    .map(fresh -> new Admitted(live, fresh)))
        .flatMap(
            admitted -> {
              List<Membership> live = admitted.live();
              List<Membership> fresh = admitted.fresh();
              List<Membership> all = new ArrayList<>(live);
              all.addAll(fresh);
              List<UUID> asked = all.stream().map(Membership::id).toList();
              return roomFor(query, conversation, fresh.size())
                  .chain(() -> members.insert(work, conversation, fresh))
                  .invoke(() -> pills.added(work, actor, conversation, fresh))
                  .invoke(
                      () -> fresh.forEach(one -> log.add(work, actor, conversation, one, history)))
                  .chain(() -> mixed.take(work, actor, conversation, numbers(fresh)))
                  .replaceWith(asked);
            });
  }

  /**
   * Clients of one company alone are together (product.md §1, {@code client_group}).
   *
   * @throws Problem 422 {@code different_companies} naming the first of another one
   */
  Uni<Void> requireOneCompany(
      Query query, Conversation conversation, List<Newcomer> newcomers, Known known) {
    if (known.clients().isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    return members
        .clientsCompany(query, conversation)
        .invoke(
            there -> {
              String company = there.orElse(null);
              for (Newcomer one : newcomers) {
                if (one.kind() == MemberKind.CLIENT) {
                  String own = known.clients().get(one.id()).data().companyId();
                  company = company == null ? own : company;
                  if (own == null || !own.equals(company)) {
                    throw Problem.at(
                        Code.DIFFERENT_COMPANIES, one.field(), "is a client of another company");
                  }
                }
              }
            })
        .replaceWithVoid();
  }

  private Uni<List<Membership>> live(
      Query query, Conversation conversation, List<Newcomer> newcomers) {
    Uni<List<Membership>> live = Uni.createFrom().item(List.of());
    for (Map.Entry<MemberKind, List<String>> some : Newcomers.byKind(newcomers).entrySet()) {
      live =
          live.flatMap(
              before ->
                  members
                      .live(query, conversation, some.getKey(), some.getValue())
                      .map(
                          found -> {
                            List<Membership> all = new ArrayList<>(before);
                            all.addAll(found.values());
                            return all;
                          }));
    }
    return live;
  }

  private record Admitted(List<Membership> live, List<Membership> fresh) {}

  private List<Membership> fresh(
      Conversation conversation,
      List<Newcomer> newcomers,
      List<Membership> live,
      Function<Newcomer, String> nameOf,
      MemberRole asked) {
    Set<String> there = new HashSet<>();
    live.forEach(one -> there.add(one.kind() + one.subjectId()));
    MemberRole usual = MembershipPolicy.of(conversation.type()).others();
    MemberRole role = asked == null ? usual : asked;
    return newcomers.stream()
        .filter(one -> !there.contains(one.kind() + one.id()))
        .map(
            one ->
                Membership.requested(
                    conversation.id(),
                    one.kind(),
                    one.id(),
                    nameOf.apply(one),
                    one.kind() == MemberKind.USER ? role : null,
                    log.now()))
        .toList();
  }

  private Uni<Void> roomFor(Query query, Conversation conversation, int more) {
    int most = MembershipPolicy.of(conversation.type()).most();
    return members
        .places(query, conversation)
        .invoke(
            taken -> {
              if (more > 0 && taken + more > most) {
                throw Problem.invalid("members", "would be more than " + most);
              }
            })
        .replaceWithVoid();
  }

  private static List<String> numbers(List<Membership> fresh) {
    return fresh.stream()
        .filter(one -> one.kind() == MemberKind.PHONE)
        .map(Membership::subjectId)
        .toList();
  }
}
