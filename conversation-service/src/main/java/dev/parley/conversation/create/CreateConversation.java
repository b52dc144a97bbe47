package dev.parley.conversation.create;

import dev.parley.chassis.caller.Caller;
import dev.parley.chassis.caller.Role;
import dev.parley.chassis.idempotency.Idempotency;
import dev.parley.chassis.idempotency.Idempotency.Answer;
import dev.parley.chassis.problem.Code;
import dev.parley.chassis.problem.Problem;
import dev.parley.chassis.tx.Work;
import dev.parley.contracts.Ids;
import dev.parley.contracts.event.ConversationState;
import dev.parley.contracts.event.ConversationType;
import dev.parley.contracts.event.CrmRecord;
import dev.parley.conversation.Access;
import dev.parley.conversation.Conversation;
import dev.parley.conversation.ConversationBuilder;
import dev.parley.conversation.ConversationLog;
import dev.parley.conversation.ConversationView;
import dev.parley.conversation.Conversations;
import dev.parley.conversation.Founding;
import dev.parley.conversation.MembershipPolicy;
import dev.parley.conversation.People;
import dev.parley.conversation.Query;
import dev.parley.conversation.Views;
import dev.parley.conversation.copy.RecordCopy;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/**
 * Creates a conversation. What there may be one alone of (a pair's direct, a deal's room, a live
 * phone pair) is made once, however many ask at the same time; all get the same one.
 */
@ApplicationScoped
class CreateConversation {
  private final SenderNumber senderNumber;
  private final People people;
  private final GroupNumbers numbers;
  private final CreateCustomerChannel customers;
  private final FirstMembers firstMembers;
  private final Founding founding;
  private final Conversations conversations;
  private final Access access;
  private final Views views;
  private final ConversationLog log;
  private final Idempotency idempotency;

  CreateConversation(
      SenderNumber senderNumber,
      People people,
      GroupNumbers numbers,
      CreateCustomerChannel customers,
      FirstMembers firstMembers,
      Founding founding,
      Conversations conversations,
      Access access,
      Views views,
      ConversationLog log,
      Idempotency idempotency) {
    this.senderNumber = senderNumber;
    this.people = people;
    this.numbers = numbers;
    this.customers = customers;
    this.firstMembers = firstMembers;
    this.founding = founding;
    this.conversations = conversations;
    this.access = access;
    this.views = views;
    this.log = log;
    this.idempotency = idempotency;
  }

  /** The answer: 201 with the new one, 200 with the one that there was. */
  Uni<Answer<ConversationView>> create(Caller caller, String key, CreateRequest request) {
    MembershipPolicy.of(request.type()).requireCreator(caller);
    if (CreateCustomerChannel.handles(request.type())) {
      return customers.create(caller, key, request);
    }
    return granted(caller)
        .chain(() -> senderNumber.chosen(caller, Draft.of(caller, request)))
        .flatMap(draft -> create(caller, key, request, draft));
  }

  private Uni<?> granted(Caller caller) {
    return caller.is(Role.AGENCY) ? people.nameOf(caller) : Uni.createFrom().voidItem();
  }

  private Uni<Answer<ConversationView>> create(
      Caller caller, String key, CreateRequest request, Draft draft) {
    UUID id = Ids.next();
    Instant at = log.now();
    return firstMembers
        .of(caller, draft, id, at)
        .flatMap(
            first ->
                once(
                    caller,
                    key,
                    request,
                    work ->
                        numbers
                            .settled(
                                work,
                                caller,
                                conversation(caller, draft, id, at, first.contact()),
                                Boolean.TRUE.equals(request.takeOver()))
                            .flatMap(made -> write(work, caller, draft, made, first))))
        .onFailure(e -> draft.type() == ConversationType.DIRECT && isUnknown(e))
        .recoverWithUni(e -> before(caller, key, request, draft, e));
  }

  /** The direct that there is with somebody who cannot begin one any more. */
  private Uni<Answer<ConversationView>> before(
      Caller caller, String key, CreateRequest request, Draft draft, Throwable unknown) {
    return once(
        caller,
        key,
        request,
        work ->
            conversations
                .lockByKey(work, caller.tenant(), draft.uniqueKey())
                .flatMap(
                    found ->
                        found.isPresent()
                            ? answer(work, caller, found.get().id(), 200)
                            : Uni.createFrom().failure(unknown)));
  }

  private Uni<Answer<ConversationView>> once(
      Caller caller,
      String key,
      CreateRequest request,
      Function<Work, Uni<Answer<ConversationView>>> make) {
    return idempotency.write(
        caller, key, "POST /v1/conversations", request, ConversationView.class, make);
  }

  private static boolean isUnknown(Throwable e) {
    return e instanceof Problem problem && problem.code() == Code.UNKNOWN_REFERENCE;
  }

  private Uni<Answer<ConversationView>> write(
      Work work, Caller caller, Draft draft, Conversation made, FirstMembers.Found first) {
    return founding
        .found(work, caller.actor(), made, first.members(), holder(made), null)
        .flatMap(
            created ->
                created ? answer(work, caller, made.id(), 201) : existing(work, caller, draft));
  }

  /** Who begins to write holds our number. */
  private static String holder(Conversation made) {
    return made.type() == ConversationType.SMS ? made.createdBy() : null;
  }

  private Uni<Answer<ConversationView>> existing(Work work, Caller caller, Draft draft) {
    if (draft.type() == ConversationType.CHANNEL) {
      throw Problem.at(Code.NAME_TAKEN, "name", "is another channel's");
    }
    return conversations
        .lockByKey(work, caller.tenant(), draft.uniqueKey())
        .map(found -> found.orElseThrow(() -> new IllegalStateException("unique key let go")))
        .flatMap(found -> answer(work, caller, found.id(), 200));
  }

  private Uni<Answer<ConversationView>> answer(Work work, Caller caller, UUID id, int status) {
    Query query = Query.in(work);
    return access
        .require(query, caller, id.toString())
        .flatMap(seen -> views.of(query, caller, seen))
        .map(view -> new Answer<>(status, view));
  }

  private static Conversation conversation(
      Caller caller, Draft draft, UUID id, Instant at, Optional<RecordCopy> contact) {
    Optional<CrmRecord> data = contact.map(RecordCopy::data);
    return ConversationBuilder.builder()
        .id(id)
        .tenant(caller.tenant())
        .type(draft.type())
        .uniqueKey(draft.uniqueKey())
        .name(draft.name())
        .subject(draft.subject())
        .description(draft.description())
        .state(ConversationState.OPEN)
        .posting(draft.posting())
        .createdBy(caller.id())
        .createdAt(at)
        .version(1)
        .ownNumber(draft.ownNumber())
        .externalNumbers(draft.externalNumbers())
        .contactId(contact.map(RecordCopy::id).orElse(null))
        .contactOwnerId(data.map(CrmRecord::ownerId).orElse(null))
        .followers(data.map(CrmRecord::followers).orElse(null))
        .recordRefs(draft.recordRefs())
        .build();
  }
}
