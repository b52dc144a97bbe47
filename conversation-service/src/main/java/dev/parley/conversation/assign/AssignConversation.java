package dev.parley.conversation.assign;

import dev.parley.chassis.caller.Caller;
import dev.parley.chassis.problem.Code;
import dev.parley.chassis.problem.IfMatch;
import dev.parley.chassis.problem.Problem;
import dev.parley.chassis.tx.Tx;
import dev.parley.chassis.tx.Work;
import dev.parley.contracts.event.ConversationState;
import dev.parley.contracts.event.ConversationType;
import dev.parley.contracts.event.RecordRef;
import dev.parley.conversation.Access;
import dev.parley.conversation.Conversation;
import dev.parley.conversation.ConversationLog;
import dev.parley.conversation.ConversationView;
import dev.parley.conversation.Conversations;
import dev.parley.conversation.Derivations;
import dev.parley.conversation.MembershipPolicy;
import dev.parley.conversation.People;
import dev.parley.conversation.Query;
import dev.parley.conversation.Seen;
import dev.parley.conversation.Views;
import dev.parley.conversation.copy.RecordCopy;
import dev.parley.conversation.copy.Records;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/**
 * Says whose a customer conversation is (product.md §3). The people named become members, derived;
 * who was one for that reason alone is one no more, everywhere with the answer, or else within a
 * second ({@link Binding}).
 */
@ApplicationScoped
class AssignConversation {
  private final Tx tx;
  private final Access access;
  private final People people;
  private final Records records;
  private final Conversations conversations;
  private final Derivations derivations;
  private final ConversationLog log;
  private final Views views;
  private final Binding binding;

  AssignConversation(
      Tx tx,
      Access access,
      People people,
      Records records,
      Conversations conversations,
      Derivations derivations,
      ConversationLog log,
      Views views,
      Binding binding) {
    this.tx = tx;
    this.access = access;
    this.people = people;
    this.records = records;
    this.conversations = conversations;
    this.derivations = derivations;
    this.log = log;
    this.views = views;
    this.binding = binding;
  }

  /**
   * Assigns it. The same as it is already changes nothing and tells nobody.
   *
   * @param ifMatch the version that the caller has seen, or null: then the last write wins
   * @throws Problem 409 {@code version_conflict} with {@code current} when it has changed since;
   *     422 {@code unknown_reference} naming the field whose user or contact is unknown
   */
  Uni<ConversationView> assign(Caller caller, String id, String ifMatch, Assignment assignment) {
    return access
        .require(tx::read, caller, id)
        .invoke(seen -> check(caller, seen, assignment))
        .chain(() -> people.users(caller, assignment.users()))
        .chain(() -> contact(caller, assignment))
        .chain(() -> tx.write(work -> assign(work, caller, id, ifMatch, assignment)))
        .flatMap(
            done -> done.changed() ? bound(caller, id, done) : Uni.createFrom().item(done.view()));
  }

  /** What it was when it was assigned, and whether that changed it. */
  private record Done(Conversation conversation, ConversationView view, boolean changed) {}

  /** Whoever sees it no more by their own doing is told what it was. */
  private Uni<ConversationView> bound(Caller caller, String id, Done done) {
    derivations.poke();
    return binding
        .await(done.conversation())
        .chain(() -> access.require(tx::read, caller, id))
        .flatMap(seen -> views.of(tx::read, caller, seen))
        .onFailure(Problem.class)
        .recoverWithItem(done.view());
  }

  private static void check(Caller caller, Seen seen, Assignment assignment) {
    ConversationType type = seen.conversation().type();
    MembershipPolicy policy = MembershipPolicy.of(type);
    policy.require(policy.assign(), seen, caller);
    if (assignment.namesContact() && type != ConversationType.SMS) {
      throw Problem.at(Code.NOT_APPLICABLE, "contactId", "is fixed in this type of conversation");
    }
  }

  private Uni<Void> contact(Caller caller, Assignment assignment) {
    if (assignment.contact() == null) {
      return Uni.createFrom().voidItem();
    }
    RecordRef ref = new RecordRef("contact", assignment.contact());
    return people
        .visible(caller, List.of(ref))
        .invoke(
            known -> {
              if (!known.containsKey(ref)) {
                throw Problem.at(Code.UNKNOWN_REFERENCE, "contactId", "names no contact");
              }
            })
        .replaceWithVoid();
  }

  private Uni<Done> assign(
      Work work, Caller caller, String id, String ifMatch, Assignment assignment) {
    Query query = Query.in(work);
    return access
        .lock(work, caller, id)
        .flatMap(
            seen -> {
              check(caller, seen, assignment);
              Conversation now = seen.conversation();
              if (!IfMatch.holds(ifMatch, now.version())) {
                return views.conflict(query, caller, seen);
              }
              if (now.state() == ConversationState.ARCHIVED) {
                throw Problem.of(Code.CONVERSATION_ARCHIVED, "Take it out of the archive first.");
              }
              return owner(query, caller, assignment)
                  .map(owner -> assignment.applyTo(now, owner))
                  .call(next -> next == now ? nothing() : store(work, caller, now, next))
                  .flatMap(
                      next ->
                          views
                              .of(query, caller, seen.as(next))
                              .map(view -> new Done(next, view, next != now)));
            });
  }

  private Uni<Void> store(Work work, Caller caller, Conversation now, Conversation next) {
    return conversations
        .assign(work, next)
        .chain(() -> derivations.changed(work, next))
        .chain(() -> log.updated(work, caller.actor(), now, next));
  }

  private Uni<String> owner(Query query, Caller caller, Assignment assignment) {
    String contact = assignment.contact();
    return contact == null
        ? Uni.createFrom().nullItem()
        : records
            .find(query, caller.tenant(), "contact", List.of(contact))
            .map(
                found -> {
                  RecordCopy record = found.get(contact);
                  return record == null ? null : record.data().ownerId();
                });
  }

  private static Uni<Void> nothing() {
    return Uni.createFrom().voidItem();
  }
}
