package dev.parley.conversation.create;

import dev.parley.chassis.caller.Caller;
import dev.parley.chassis.problem.Problem;
import dev.parley.chassis.tx.Tx;
import dev.parley.contracts.event.CrmRecord;
import dev.parley.contracts.event.MemberKind;
import dev.parley.contracts.event.MemberRole;
import dev.parley.contracts.event.MemberSource;
import dev.parley.contracts.event.RecordRef;
import dev.parley.conversation.Membership;
import dev.parley.conversation.MembershipPolicy;
import dev.parley.conversation.People;
import dev.parley.conversation.SmsParticipants;
import dev.parley.conversation.copy.RecordCopy;
import dev.parley.conversation.copy.Records;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Who is in a conversation from its first message on (product.md §1). */
@ApplicationScoped
class FirstMembers {
  private final People people;
  private final Records records;
  private final SmsParticipants smsParticipants;
  private final Tx tx;

  FirstMembers(People people, Records records, SmsParticipants smsParticipants, Tx tx) {
    this.people = people;
    this.records = records;
    this.smsParticipants = smsParticipants;
    this.tx = tx;
  }

  /**
   * @param contact the contact of an SMS conversation, if exactly one has the outside number
   */
  record Found(List<Membership> members, Optional<RecordCopy> contact) {}

  /**
   * Looks everybody up.
   *
   * @throws Problem 422 naming the first person or record that there is not; 404 for the room of a
   *     deal that the caller may not see
   */
  Uni<Found> of(Caller caller, Draft draft, UUID id, Instant at) {
    return switch (draft.type()) {
      case SMS ->
          people
              .records(caller, draft.recordRefs())
              .chain(
                  () ->
                      smsParticipants.of(
                          tx::read, caller.tenant(), draft.externalNumbers().get(0), caller.id()))
              .map(
                  circle ->
                      new Found(
                          circle.members(id, draft.externalNumbers().get(0), at),
                          circle.contact()));
      case DEAL_ROOM -> dealRoom(caller, draft, id, at);
      default ->
          people
              .records(caller, draft.recordRefs())
              .chain(() -> named(caller, draft))
              .map(known -> new Found(staff(caller, draft, known, id, at), Optional.empty()));
    };
  }

  private Uni<Map<String, RecordCopy>> named(Caller caller, Draft draft) {
    return people
        .users(caller, draft.others())
        .flatMap(
            known ->
                records
                    .find(tx::read, caller.tenant(), "user", List.of(caller.id()))
                    .map(
                        self -> {
                          Map<String, RecordCopy> all = new LinkedHashMap<>(known);
                          all.putAll(self);
                          return all;
                        }));
  }

  private static List<Membership> staff(
      Caller caller, Draft draft, Map<String, RecordCopy> known, UUID id, Instant at) {
    MembershipPolicy policy = MembershipPolicy.of(draft.type());
    List<Membership> members = new ArrayList<>();
    String own = known.containsKey(caller.id()) ? known.get(caller.id()).title() : caller.name();
    MemberRole first = policy.creator().role();
    members.add(user(id, caller.id(), own, first, MemberSource.MANUAL, at));
    draft
        .others()
        .forEach(
            other ->
                members.add(
                    user(
                        id,
                        other.id(),
                        known.get(other.id()).title(),
                        policy.others(),
                        MemberSource.MANUAL,
                        at)));
    if (draft.externalNumbers() != null) {
      draft
          .externalNumbers()
          .forEach(
              n ->
                  members.add(
                      Membership.initial(
                          id, MemberKind.PHONE, n, n, null, MemberSource.MANUAL, at)));
    }
    return members;
  }

  private Uni<Found> dealRoom(Caller caller, Draft draft, UUID id, Instant at) {
    RecordRef ref = draft.recordRefs().get(0);
    return people
        .visible(caller, draft.recordRefs())
        .flatMap(
            visible -> {
              if (!visible.containsKey(ref)) {
                throw Problem.notFound();
              }
              return derived(caller.tenant(), visible.get(ref).data());
            })
        .flatMap(
            derived ->
                named(caller, draft)
                    .flatMap(
                        known ->
                            records
                                .find(tx::read, caller.tenant(), "user", derived.keySet())
                                .map(
                                    users ->
                                        new Found(
                                            room(caller, draft, derived, users, known, id, at),
                                            Optional.empty()))));
  }

  /** The deal's owner and its company's account team, with their roles. */
  private Uni<Map<String, MemberRole>> derived(String tenant, CrmRecord deal) {
    Map<String, MemberRole> derived = new LinkedHashMap<>();
    if (deal.ownerId() != null) {
      derived.put(deal.ownerId(), MemberRole.OWNER);
    }
    if (deal.companyId() == null) {
      return Uni.createFrom().item(derived);
    }
    return records
        .find(tx::read, tenant, "company", List.of(deal.companyId()))
        .map(
            companies -> {
              RecordCopy company = companies.get(deal.companyId());
              if (company != null && company.data().accountTeam() != null) {
                company
                    .data()
                    .accountTeam()
                    .forEach(u -> derived.putIfAbsent(u, MemberRole.MEMBER));
              }
              return derived;
            });
  }

  private static List<Membership> room(
      Caller caller,
      Draft draft,
      Map<String, MemberRole> derived,
      Map<String, RecordCopy> derivedUsers,
      Map<String, RecordCopy> known,
      UUID id,
      Instant at) {
    List<Membership> members = new ArrayList<>();
    derived.forEach(
        (user, role) -> {
          RecordCopy record = derivedUsers.get(user);
          if (record != null && record.active()) {
            members.add(user(id, user, record.title(), role, MemberSource.DERIVED, at));
          }
        });
    for (Membership manual : staff(caller, draft, known, id, at)) {
      if (members.stream().noneMatch(m -> m.isOf(MemberKind.USER, manual.subjectId()))) {
        members.add(manual);
      }
    }
    if (members.stream().noneMatch(member -> member.role() == MemberRole.OWNER)) {
      members.replaceAll(m -> m.isOf(MemberKind.USER, caller.id()) ? m.as(MemberRole.OWNER) : m);
    }
    return members;
  }

  private static Membership user(
      UUID id, String user, String name, MemberRole role, MemberSource source, Instant at) {
    return Membership.initial(id, MemberKind.USER, user, name, role, source, at);
  }
}
