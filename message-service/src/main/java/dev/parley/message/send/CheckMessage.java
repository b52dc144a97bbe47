package dev.parley.message.send;

import dev.parley.chassis.caller.Caller;
import dev.parley.chassis.problem.Code;
import dev.parley.chassis.problem.Problem;
import dev.parley.contracts.event.ConversationType;
import dev.parley.contracts.event.Visibility;
import dev.parley.message.Access;
import dev.parley.message.Attachments;
import dev.parley.message.Draft;
import dev.parley.message.Mentions;
import dev.parley.message.Messages;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What a message names must be there, and fit where it is to be sent (product.md §4). */
@ApplicationScoped
public class CheckMessage {
  private final Messages messages;
  private final Mentions mentions;
  private final References references;
  private final TextLimit limit;

  CheckMessage(Messages messages, Mentions mentions, References references, TextLimit limit) {
    this.messages = messages;
    this.mentions = mentions;
    this.references = references;
    this.limit = limit;
  }

  /**
   * Refuses what may not be sent now; who is mentioned and will not get it.
   *
   * @throws Problem as the endpoint documents
   */
  Uni<List<String>> check(Caller caller, Access access, Draft draft, SendMessageRequest request) {
    access.requireOpen(caller);
    UUID conversation = draft.message().conversationId();
    return fits(caller, access, conversation, request)
        .chain(() -> references.check(caller, request, !draft.isByClock()))
        .chain(
            () ->
                mentions.unreachable(
                    caller, draft.message(), request.mentions(), List.of(), request.confirm()));
  }

  /**
   * Refuses what could never be sent there, whatever becomes of its members and state; and what
   * alerts so many, as they are now, that its author is to confirm it.
   */
  public Uni<Void> couldSend(
      Caller caller, Access access, UUID conversation, SendMessageRequest request) {
    return fits(caller, access, conversation, request)
        .chain(() -> references.check(caller, request, true))
        .chain(
            () ->
                mentions.requireSendable(
                    caller, conversation, request.mentions(), request.confirm()));
  }

  private Uni<Void> fits(
      Caller caller, Access access, UUID conversation, SendMessageRequest request) {
    Attachments.requireOnce(request.attachments());
    if (request.visibility() == Visibility.INTERNAL
        && (!access.type().isCustomer() || caller.isClient())) {
      throw Problem.at(
          Code.NOT_APPLICABLE, "visibility", "internal is for staff in customer conversations");
    }
    if (request.threadRoot() != null && access.type() == ConversationType.SMS) {
      throw Problem.at(Code.NOT_APPLICABLE, "threadRoot", "is not for SMS conversations");
    }
    if (access.type() == ConversationType.SMS
        && request.visibility() == Visibility.ALL
        && !request.attachments().isEmpty()) {
      throw Problem.at(Code.NOT_APPLICABLE, "attachments", "do not go out as texts yet");
    }
    UUID root = request.threadRoot();
    Uni<Optional<Visibility>> rooted =
        root == null
            ? Uni.createFrom().item(Optional.of(request.visibility()))
            : messages.threadRoot(caller, conversation, root, access.visibleFromSeq());
    return limit
        .check(caller, access.type(), conversation, request)
        .chain(() -> rooted)
        .invoke(
            found -> {
              Visibility ofRoot =
                  found.orElseThrow(
                      () ->
                          Problem.invalid(
                              "threadRoot", "is no top-level message of this conversation"));
              if (ofRoot == Visibility.INTERNAL && request.visibility() == Visibility.ALL) {
                throw Problem.at(Code.NOT_APPLICABLE, "visibility", "replies to a note are notes");
              }
            })
        .replaceWithVoid();
  }
}
