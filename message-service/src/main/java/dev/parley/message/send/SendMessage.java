package dev.parley.message.send;

import dev.parley.chassis.await.Waiter;
import dev.parley.chassis.caller.Caller;
import dev.parley.chassis.caller.CallerNames;
import dev.parley.chassis.problem.Code;
import dev.parley.chassis.problem.Problem;
import dev.parley.contracts.Ids;
import dev.parley.contracts.Json;
import dev.parley.contracts.event.Message;
import dev.parley.contracts.event.Visibility;
import dev.parley.message.Access;
import dev.parley.message.Appending;
import dev.parley.message.Bodies;
import dev.parley.message.Bookmarks;
import dev.parley.message.Draft;
import dev.parley.message.Messages;
import dev.parley.message.Stored;
import dev.parley.message.Timelines;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * Sends a message (product.md §4).
 *
 * <p>The usual way is one statement: it is placed, stored and told, or not. Only when it was not,
 * the reason is looked for: an earlier send under the same clientMsgId, no access (waited for, if
 * the conversation is younger than 10 s), or the conversation's state, in this order.
 */
@ApplicationScoped
public class SendMessage {
  private final Timelines timelines;
  private final Messages messages;
  private final PlaceMessage placing;
  private final Bookmarks bookmarks;
  private final References references;
  private final CheckMessage checks;
  private final CallerNames names;
  private final Waiter waiter;
  private final Clock clock;

  SendMessage(
      Timelines timelines,
      Messages messages,
      PlaceMessage placing,
      Bookmarks bookmarks,
      References references,
      CheckMessage checks,
      CallerNames names,
      Waiter waiter,
      Clock clock) {
    this.timelines = timelines;
    this.messages = messages;
    this.placing = placing;
    this.bookmarks = bookmarks;
    this.references = references;
    this.checks = checks;
    this.names = names;
    this.waiter = waiter;
    this.clock = clock;
  }

  /**
   * A message as it was to be placed, and where.
   *
   * @param place null when it was not placed
   */
  record Placing(Draft draft, Appending.Placed place) {}

  /**
   * What the sender is answered: the message's JSON.
   *
   * @param version null when it is deleted
   */
  public record Sent(UUID id, Long version, boolean repeated, String json) {}

  /**
   * Sends as the caller.
   *
   * @throws Problem as the endpoint documents
   */
  public Uni<Sent> send(Caller caller, String conversationId, SendMessageRequest request) {
    return send(caller, conversationId, request, UnaryOperator.identity());
  }

  /**
   * The same for what its author planned, by the name that they have now: it neither reads for them
   * nor ends what they write, and waits for nothing that is still on its way.
   */
  public Uni<Sent> sendLater(Caller author, String conversationId, SendMessageRequest request) {
    return names
        .called(author)
        .flatMap(called -> send(called, conversationId, request, Draft::unattended));
  }

  private Uni<Sent> send(
      Caller caller, String conversationId, SendMessageRequest request, UnaryOperator<Draft> how) {
    Bodies.check(request.body(), !request.attachments().isEmpty());
    UUID conversation = Ids.parse(conversationId);
    if (conversation == null) {
      throw Problem.notFound();
    }
    Draft draft =
        how.apply(
            Draft.by(
                caller,
                NewMessage.of(caller, conversation, request, clock.instant()),
                request.fingerprint()));
    boolean plain =
        request.threadRoot() == null
            && request.mentions().isEmpty()
            && request.attachments().isEmpty()
            && request.recordRefs().isEmpty()
            && request.visibility() == Visibility.ALL
            && TextLimit.surelyFits(caller, request);
    if (plain) {
      return append(caller, draft, request, List.of());
    }
    Uni<Sent> sent = checkThenAppend(caller, draft, request);
    return request.recordRefs().isEmpty()
        ? sent
        : sent.flatMap(answer -> references.shown(caller, answer));
  }

  private Uni<Sent> append(
      Caller caller, Draft draft, SendMessageRequest request, List<String> unreachable) {
    return place(caller, draft, request, false)
        .flatMap(
            placed ->
                placed.place() != null
                    ? Uni.createFrom().item(sent(placed, unreachable))
                    : repeatOrRefuse(caller, draft, request, unreachable));
  }

  private Uni<Placing> place(
      Caller caller, Draft draft, SendMessageRequest request, boolean locked) {
    return (locked
            ? placing.appendLocked(caller, draft, request.attachments())
            : placing.append(caller, draft, request.attachments()))
        .onFailure(Problem.class)
        .recoverWithUni(
            refusal ->
                // An equal send may have taken the files while this one waited for them.
                repeated(caller, draft)
                    .flatMap(
                        before ->
                            before == null
                                ? Uni.createFrom().failure(refusal)
                                : Uni.createFrom().item(new Placing(draft, null))));
  }

  /**
   * What needs more than the one statement: replies, mentions, files, records, notes, long texts.
   */
  private Uni<Sent> checkThenAppend(Caller caller, Draft draft, SendMessageRequest request) {
    return access(caller, draft)
        .flatMap(
            access ->
                repeated(caller, draft)
                    .flatMap(
                        before ->
                            before != null
                                ? Uni.createFrom().item(before)
                                : checks
                                    .check(caller, access, draft, request)
                                    .flatMap(
                                        unreachable ->
                                            append(caller, draft, request, unreachable))));
  }

  /** Nobody waits for what the clock sends: while it waited, other messages would be late. */
  private Uni<Access> access(Caller caller, Draft draft) {
    UUID conversation = draft.message().conversationId();
    Supplier<Uni<Optional<Access>>> look = () -> timelines.access(caller, conversation);
    return draft.isByClock()
        ? look.get().map(found -> found.orElseThrow(Problem::notFound))
        : waiter.visible(conversation, look);
  }

  private Uni<Sent> repeatOrRefuse(
      Caller caller, Draft draft, SendMessageRequest request, List<String> unreachable) {
    return access(caller, draft)
        .flatMap(access -> repeated(caller, draft).map(before -> new Refusal(access, before)))
        .flatMap(
            why -> {
              if (why.before() != null) {
                return Uni.createFrom().item(why.before());
              }
              why.access().requireOpen(caller);
              if (!why.access().mayPost(caller)) {
                throw Problem.of(
                    Code.FORBIDDEN, "Join to post; in some channels only owners and admins do.");
              }
              // Rights have moved in the meantime: with the conversation or somebody's membership.
              return place(caller, draft, request, true)
                  .flatMap(
                      placing ->
                          placing.place() != null
                              ? Uni.createFrom().item(sent(placing, unreachable))
                              : repeated(caller, draft)
                                  .onItem()
                                  .ifNull()
                                  .failWith(Problem::notFound));
            });
  }

  private record Refusal(Access access, Sent before) {}

  /** What was sent before under the same id, or null. */
  private Uni<Sent> repeated(Caller caller, Draft draft) {
    Message message = draft.message();
    return messages
        .sentBy(caller, message.conversationId(), message.clientMsgId())
        .flatMap(
            found -> {
              if (found.isEmpty()) {
                return Uni.createFrom().nullItem();
              }
              if (!found.get().isSame(draft.fingerprint())) {
                throw Problem.at(
                    Code.CLIENT_MSG_ID_REUSED, "clientMsgId", "belongs to another message");
              }
              Stored before = found.get();
              return bookmarks
                  .view(caller, before)
                  .map(view -> new Sent(view.id(), view.version(), true, Json.text(view)));
            });
  }

  private static Sent sent(Placing placing, List<String> unreachable) {
    Draft draft = placing.draft();
    String json = draft.placed(placing.place().seq(), placing.place().rev());
    if (!unreachable.isEmpty()) {
      json =
          json.substring(0, json.length() - 1) + ",\"unreachable\":" + Json.text(unreachable) + "}";
    }
    return new Sent(draft.message().id(), draft.message().version(), false, json);
  }
}
