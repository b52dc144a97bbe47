package dev.parley.conversation.derive;

import dev.parley.chassis.tx.Work;
import dev.parley.contracts.Actor;
import dev.parley.contracts.Ids;
import dev.parley.contracts.event.ConversationType;
import dev.parley.contracts.event.History;
import dev.parley.contracts.event.MemberKind;
import dev.parley.contracts.event.MemberRole;
import dev.parley.contracts.event.MemberSource;
import dev.parley.conversation.Conversation;
import dev.parley.conversation.ConversationLog;
import dev.parley.conversation.Conversations;
import dev.parley.conversation.Derivations;
import dev.parley.conversation.DerivedMembers;
import dev.parley.conversation.DerivedMembers.Person;
import dev.parley.conversation.DerivedMembers.Target;
import dev.parley.conversation.Members;
import dev.parley.conversation.Membership;
import dev.parley.conversation.Membership.State;
import dev.parley.conversation.Query;
import dev.parley.conversation.Succession;
import dev.parley.conversation.derive.Due.Noted;
import dev.parley.conversation.derive.Facts.Fact;
import dev.parley.conversation.derive.Keeping.Kept;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;

/**
 * Brings conversations in line with the records as they are now. Doing it again changes nothing.
 * Members who come or go get their place in the log as those whom people add and remove.
 */
@ApplicationScoped
class Derive {
  static final String FROZEN = "Its clients are no longer of one company.";

  private final Conversations conversations;
  private final Members members;
  private final ConversationLog log;
  private final Derivations derivations;
  private final Due due;
  private final Keeping keeping;
  private final DerivedMembers wanted;
  private final Facts facts;
  private final Succession succession;
  private final CompanyName companyName;
  private final RoomOwner owner;
  private final Archival archival;

  Derive(
      Conversations conversations,
      Members members,
      ConversationLog log,
      Derivations derivations,
      Due due,
      Keeping keeping,
      DerivedMembers wanted,
      Facts facts,
      Succession succession,
      CompanyName companyName,
      RoomOwner owner,
      Archival archival) {
    this.conversations = conversations;
    this.members = members;
    this.log = log;
    this.derivations = derivations;
    this.due = due;
    this.keeping = keeping;
    this.wanted = wanted;
    this.facts = facts;
    this.succession = succession;
    this.companyName = companyName;
    this.owner = owner;
    this.archival = archival;
  }

  /** Those that are still due: what several have in common is one statement each. */
  Uni<Void> derive(Work work, List<Noted> noted) {
    Query query = Query.in(work);
    return conversations
        .lockAll(
            work,
            noted.stream().map(Noted::tenant).toList(),
            noted.stream().map(Noted::id).toList())
        .flatMap(locked -> due.take(work, locked))
        .flatMap(
            taken ->
                taken.isEmpty()
                    ? Uni.createFrom().voidItem()
                    : keeping.of(query, taken).flatMap(kept -> derive(work, query, taken, kept)));
  }

  private Uni<Void> derive(
      Work work, Query query, List<Conversation> locked, Map<UUID, Kept> kept) {
    return facts
        .of(query, targets(locked, kept))
        .flatMap(
            known ->
                each(
                        locked,
                        c ->
                            follow(work, c, kept.get(c.id()), known.get(c.id()))
                                .flatMap(
                                    now ->
                                        companyName.follow(
                                            work, now, kept.get(c.id()), known.get(c.id()))))
                    .flatMap(now -> derive(work, query, now, kept, known)));
  }

  private Uni<Void> derive(
      Work work, Query query, List<Conversation> now, Map<UUID, Kept> kept, Map<UUID, Fact> known) {
    return wanted
        .differences(query, targets(now, kept))
        .flatMap(
            people ->
                each(
                    now,
                    c ->
                        move(
                            work,
                            query,
                            c,
                            known.get(c.id()),
                            people.getOrDefault(c.id(), List.of()))))
        .chain(() -> each(now, c -> owner.follow(work, c, kept.get(c.id()), known.get(c.id()))))
        .chain(() -> each(now, c -> archival.follow(work, c, kept.get(c.id()), known.get(c.id()))))
        .replaceWithVoid();
  }

  private static List<Target> targets(List<Conversation> all, Map<UUID, Kept> kept) {
    return all.stream().map(c -> Target.of(c, kept.get(c.id()).holder())).toList();
  }

  /** The contact's owner and followers, and whether a group's clients still fit. */
  private Uni<Conversation> follow(Work work, Conversation c, Kept kept, Fact fact) {
    Conversation next = c;
    if (c.type() == ConversationType.CLIENT_GROUP) {
      next = c.frozen(fact.companies() > 1 ? FROZEN : null);
    } else if (c.type() == ConversationType.SMS && fact.mergedInto() != null) {
      next = c.mergedInto(fact.mergedInto());
    } else if (c.contactId() != null || !kept.contactFollowers().isEmpty()) {
      next = c.contact(fact.owner(), kept.followers(c.followers(), fact.followers()));
    }
    if (next == c) {
      return Uni.createFrom().item(c);
    }
    Conversation changed = next;
    boolean merged = !Objects.equals(changed.contactId(), c.contactId());
    return conversations
        .assign(work, changed)
        .chain(
            () ->
                merged
                    ? derivations.changed(work, changed)
                    : keeping.followed(work, changed, fact.followers()))
        .chain(() -> log.updated(work, Actor.SYSTEM, c, changed))
        .replaceWith(changed);
  }

  /**
   * Lets people come and go. Where somebody came it is computed once more: a record that has let
   * them go meanwhile did not know yet that they are here.
   */
  private Uni<Void> move(Work work, Query query, Conversation c, Fact fact, List<Person> people) {
    List<Membership> coming =
        people.stream().filter(Person::isToCome).map(one -> requested(c, one)).toList();
    List<UUID> going = people.stream().filter(one -> !one.isToCome()).map(Person::member).toList();
    Uni<Void> gone =
        going.isEmpty()
            ? Uni.createFrom().voidItem()
            : members
                .find(query, c, going)
                .call(() -> members.removeAll(work, c, going))
                .invoke(all -> all.forEach(one -> log.remove(work, Actor.SYSTEM, c, one)))
                .replaceWithVoid();
    if (coming.isEmpty()) {
      return gone;
    }
    return gone.chain(
            () ->
                fact.ownerActive()
                    ? Uni.createFrom().item(coming)
                    : succession.firstOwner(query, c, coming))
        .call(all -> members.insert(work, c, all))
        .invoke(all -> all.forEach(one -> log.add(work, Actor.SYSTEM, c, one, History.ALL)))
        .chain(() -> derivations.changed(work, c));
  }

  private Membership requested(Conversation c, Person person) {
    boolean room = c.type() == ConversationType.DEAL_ROOM && person.kind() == MemberKind.USER;
    return new Membership(
        Ids.next(),
        c.id(),
        person.kind(),
        person.id(),
        person.name(),
        null,
        room ? MemberRole.MEMBER : null,
        MemberSource.DERIVED,
        State.REQUESTED,
        log.now(),
        null,
        null);
  }

  private static <T> Uni<List<T>> each(List<Conversation> all, Function<Conversation, Uni<T>> act) {
    List<T> results = new ArrayList<>();
    Uni<Void> done = Uni.createFrom().voidItem();
    for (Conversation one : all) {
      done = done.chain(() -> act.apply(one)).invoke(results::add).replaceWithVoid();
    }
    return done.replaceWith(results);
  }
}
