package dev.parley.conversation.create;

import dev.parley.chassis.caller.Caller;
import dev.parley.chassis.idempotency.Idempotency;
import dev.parley.chassis.idempotency.Idempotency.Answer;
import dev.parley.chassis.tx.Work;
import dev.parley.contracts.event.ConversationType;
import dev.parley.conversation.Access;
import dev.parley.conversation.Conversation;
import dev.parley.conversation.ConversationView;
import dev.parley.conversation.Conversations;
import dev.parley.conversation.Derivations;
import dev.parley.conversation.DerivedMembers;
import dev.parley.conversation.DerivedMembers.Target;
import dev.parley.conversation.Founding;
import dev.parley.conversation.Membership;
import dev.parley.conversation.Query;
import dev.parley.conversation.Views;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * Opens a client's own channel, a company's, or one for some clients of a company. Of the first two
 * there is one alone, with the members that the CRM's records say.
 */
@ApplicationScoped
class CreateCustomerChannel {
  private static final Set<ConversationType> TYPES =
      EnumSet.of(ConversationType.CLIENT, ConversationType.CLIENT_GROUP, ConversationType.COMPANY);

  /** An event holds no more; the others are added behind it. */
  private static final int FIRST = 200;

  private final CustomerDrafts drafts;
  private final DerivedMembers derived;
  private final Derivations derivations;
  private final Founding founding;
  private final Conversations conversations;
  private final Access access;
  private final Views views;
  private final Idempotency idempotency;

  CreateCustomerChannel(
      CustomerDrafts drafts,
      DerivedMembers derived,
      Derivations derivations,
      Founding founding,
      Conversations conversations,
      Access access,
      Views views,
      Idempotency idempotency) {
    this.drafts = drafts;
    this.derived = derived;
    this.derivations = derivations;
    this.founding = founding;
    this.conversations = conversations;
    this.access = access;
    this.views = views;
    this.idempotency = idempotency;
  }

  static boolean handles(ConversationType type) {
    return TYPES.contains(type);
  }

  /** The answer: 201 with the new one, 200 with the one that there was. */
  Uni<Answer<ConversationView>> create(Caller caller, String key, CreateRequest request) {
    return drafts
        .of(caller, request)
        .flatMap(
            draft ->
                idempotency.write(
                    caller,
                    key,
                    "POST /v1/conversations",
                    request,
                    ConversationView.class,
                    work -> write(work, caller, draft)))
        .invoke(derivations::poke);
  }

  private Uni<Answer<ConversationView>> write(
      Work work, Caller caller, CustomerDrafts.CustomerDraft draft) {
    Conversation made = draft.conversation();
    return first(work, draft)
        .flatMap(first -> founding.found(work, caller.actor(), made, first, null, draft.welcome()))
        .flatMap(
            created ->
                created
                    ? answer(work, caller, made.id(), 201)
                    : conversations
                        .lockByKey(work, caller.tenant(), made.uniqueKey())
                        .map(
                            there ->
                                there.orElseThrow(
                                    () -> new IllegalStateException("unique key let go")))
                        .flatMap(there -> answer(work, caller, there.id(), 200)));
  }

  private Uni<List<Membership>> first(Work work, CustomerDrafts.CustomerDraft draft) {
    Conversation c = draft.conversation();
    return c.uniqueKey() == null
        ? Uni.createFrom().item(draft.members())
        : derived
            .all(Query.in(work), List.of(Target.of(c, null)))
            .map(
                people ->
                    people.getOrDefault(c.id(), List.of()).stream()
                        .limit(FIRST)
                        .map(person -> person.initial(c, null))
                        .toList());
  }

  private Uni<Answer<ConversationView>> answer(Work work, Caller caller, UUID id, int status) {
    Query query = Query.in(work);
    return access
        .require(query, caller, id.toString())
        .flatMap(seen -> views.of(query, caller, seen))
        .map(view -> new Answer<>(status, view));
  }
}
