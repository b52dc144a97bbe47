package dev.parley.message.send;

import dev.parley.chassis.caller.Caller;
import dev.parley.chassis.problem.Code;
import dev.parley.chassis.problem.Problem;
import dev.parley.chassis.tx.Work;
import dev.parley.contracts.event.Message;
import dev.parley.message.Access;
import dev.parley.message.Bodies;
import dev.parley.message.Draft;
import dev.parley.message.Timelines;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;

/**
 * Sends a plain message, with files, in a transaction that does more: what is written down about
 * the sending and the message are committed together or not at all. Its author is not there then:
 * it neither reads for them nor ends what they are writing (product.md §4).
 */
@ApplicationScoped
public class SendWithin {
  private static final String BEFORE =
      """
      select id from message
      where tenant = $1 and conversation_id = $2 and author_id = $3 and author_kind = $4
        and client_msg_id = $5
      """;

  private final PlaceMessage placing;
  private final Timelines timelines;
  private final Clock clock;

  SendWithin(PlaceMessage placing, Timelines timelines, Clock clock) {
    this.placing = placing;
    this.timelines = timelines;
    this.clock = clock;
  }

  /**
   * The message's id; that of the one sent before under the same clientMsgId, whatever it says.
   *
   * @param request without mentions, records and thread
   * @throws Problem why it is refused, as {@link SendMessage} has it; nothing of the work may then
   *     be committed
   */
  public Uni<UUID> send(Work work, Caller author, UUID conversation, SendMessageRequest request) {
    Bodies.check(request.body(), !request.attachments().isEmpty());
    Message message = NewMessage.of(author, conversation, request, clock.instant());
    Draft draft = Draft.by(author, message, request.fingerprint()).unattended();
    return placing
        .append(work, author, draft, request.attachments())
        .flatMap(
            placed ->
                placed.place() != null
                    ? Uni.createFrom().item(message.id())
                    : sentBefore(work, author, draft, request));
  }

  private Uni<UUID> sentBefore(Work work, Caller author, Draft draft, SendMessageRequest request) {
    Message message = draft.message();
    return work.sql()
        .preparedQuery(BEFORE)
        .execute(
            Tuple.of(
                author.tenant(),
                message.conversationId(),
                author.id(),
                author.kind(),
                message.clientMsgId()))
        .flatMap(
            rows ->
                rows.size() == 1
                    ? Uni.createFrom().item(rows.iterator().next().getUUID("id"))
                    : timelines
                        .lock(work, author, message.conversationId())
                        .flatMap(access -> again(work, author, draft, request, access)));
  }

  /** Under the head's lock: somebody's rights may have moved while it was waited for. */
  private Uni<UUID> again(
      Work work, Caller author, Draft draft, SendMessageRequest request, Optional<Access> access) {
    Access now = access.orElseThrow(Problem::notFound);
    now.requireOpen(author);
    if (!now.mayPost(author)) {
      throw Problem.of(Code.FORBIDDEN, "Posting there is not for them.");
    }
    return placing
        .append(work, author, draft, request.attachments())
        .map(
            placed -> {
              if (placed.place() == null) {
                throw Problem.notFound();
              }
              return draft.message().id();
            });
  }
}
