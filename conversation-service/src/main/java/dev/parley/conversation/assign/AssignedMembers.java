package dev.parley.conversation.assign;

import dev.parley.chassis.caller.Caller;
import dev.parley.chassis.tx.Work;
import dev.parley.contracts.event.History;
import dev.parley.contracts.event.MemberKind;
import dev.parley.contracts.event.MemberSource;
import dev.parley.conversation.Conversation;
import dev.parley.conversation.ConversationLog;
import dev.parley.conversation.Members;
import dev.parley.conversation.Membership;
import dev.parley.conversation.Query;
import dev.parley.conversation.copy.RecordCopy;
import dev.parley.conversation.copy.Records;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The memberships that follow from an assignment: assignee, followers, and the owner, assignees and
 * followers of the contact. A membership by hand, or for another reason, is left alone.
 */
@ApplicationScoped
class AssignedMembers {
  private final Records records;
  private final Members members;
  private final ConversationLog log;

  AssignedMembers(Records records, Members members, ConversationLog log) {
    this.records = records;
    this.members = members;
    this.log = log;
  }

  /** Brings the memberships from one assignment to the other, in a conversation that is locked. */
  Uni<Void> follow(Work work, Caller caller, Conversation before, Conversation after) {
    Query query = Query.in(work);
    return people(query, before)
        .flatMap(
            was ->
                people(query, after)
                    .flatMap(
                        is -> {
                          Set<String> gone = new LinkedHashSet<>(was);
                          gone.removeAll(is);
                          gone.remove(after.createdBy());
                          return remove(work, caller, after, gone)
                              .chain(() -> add(work, caller, after, is));
                        }));
  }

  private Uni<Set<String>> people(Query query, Conversation c) {
    Set<String> people = new LinkedHashSet<>();
    add(people, c.assigneeId());
    addAll(people, c.followers());
    String contact = c.contactId();
    return contact == null
        ? Uni.createFrom().item(people)
        : records
            .find(query, c.tenant(), "contact", List.of(contact))
            .map(
                found -> {
                  RecordCopy record = found.get(contact);
                  if (record != null) {
                    add(people, record.data().ownerId());
                    addAll(people, record.data().assignees());
                    addAll(people, record.data().followers());
                  }
                  return people;
                });
  }

  private Uni<Void> remove(Work work, Caller caller, Conversation c, Set<String> users) {
    return members
        .live(Query.in(work), c, MemberKind.USER, users)
        .flatMap(
            live -> {
              Uni<Void> all = Uni.createFrom().voidItem();
              for (Membership one : live.values()) {
                if (one.source() == MemberSource.DERIVED) {
                  all =
                      all.chain(() -> members.remove(work, c, one.id()))
                          .invoke(() -> log.remove(work, caller.actor(), c, one));
                }
              }
              return all;
            });
  }

  private Uni<Void> add(Work work, Caller caller, Conversation c, Set<String> users) {
    Query query = Query.in(work);
    return members
        .live(query, c, MemberKind.USER, users)
        .flatMap(
            live ->
                records
                    .find(query, c.tenant(), "user", users)
                    .map(known -> fresh(c, users, live, known)))
        .flatMap(
            fresh ->
                members
                    .insert(work, c, fresh)
                    .invoke(
                        () ->
                            fresh.forEach(
                                one -> log.add(work, caller.actor(), c, one, History.ALL))));
  }

  private List<Membership> fresh(
      Conversation c,
      Set<String> users,
      Map<String, Membership> live,
      Map<String, RecordCopy> known) {
    List<Membership> fresh = new ArrayList<>();
    for (String user : users) {
      RecordCopy record = known.get(user);
      if (!live.containsKey(user) && record != null && record.active()) {
        fresh.add(Membership.derived(c.id(), user, record.title(), log.now()));
      }
    }
    return fresh;
  }

  private static void add(Set<String> people, String user) {
    if (user != null) {
      people.add(user);
    }
  }

  private static void addAll(Set<String> people, List<String> users) {
    if (users != null) {
      people.addAll(users);
    }
  }
}
