package dev.parley.message.send.broadcast;

import dev.parley.chassis.caller.Caller;
import dev.parley.chassis.problem.Code;
import dev.parley.chassis.problem.Problem;
import dev.parley.chassis.tx.Tx;
import dev.parley.chassis.tx.Work;
import dev.parley.chassis.user.Users;
import dev.parley.contracts.Envelope;
import dev.parley.contracts.EventType;
import dev.parley.contracts.Topics;
import dev.parley.contracts.event.ChannelRequested;
import dev.parley.message.SharedFiles;
import dev.parley.message.send.Refusals;
import dev.parley.message.send.SendMessageRequest;
import dev.parley.message.send.SendWithin;
import dev.parley.message.send.broadcast.Audiences.Target;
import dev.parley.message.send.broadcast.Recipients.Due;
import dev.parley.message.send.broadcast.Recipients.Pending;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * Sends a mass message to one recipient: as its author, with the rights that they have now, into
 * the client's own channel, which is asked for where there is none.
 *
 * <p>The message, what the report says of the recipient and the counts are one transaction. So each
 * gets one, whoever is killed when, and none goes out once a cancellation was answered: both want
 * the mass message's row, and what comes second is rolled back.
 */
@ApplicationScoped
class SendOne {
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

  private final Tx tx;
  private final Broadcasts broadcasts;
  private final Recipients recipients;
  private final Audiences audiences;
  private final SharedFiles files;
  private final SendWithin send;
  private final Users users;
  private final BroadcastConfig config;
  private final Clock clock;

  SendOne(
      Tx tx,
      Broadcasts broadcasts,
      Recipients recipients,
      Audiences audiences,
      SharedFiles files,
      SendWithin send,
      Users users,
      BroadcastConfig config,
      Clock clock) {
    this.tx = tx;
    this.broadcasts = broadcasts;
    this.recipients = recipients;
    this.audiences = audiences;
    this.files = files;
    this.send = send;
    this.users = users;
    this.config = config;
    this.clock = clock;
  }

  /** It was cancelled while it was being sent. */
  private static final class Overtaken extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Overtaken() {
      super("cancelled", null, false, false);
    }
  }

  /** Sends, or writes down why not, or puts it off; nothing if another node has done so. */
  Uni<Void> send(Due due) {
    return in(due, (work, pending) -> attempt(work, due, pending))
        .onFailure(Refusals::isFinal)
        .recoverWithUni(
            refusal ->
                in(due, (work, pending) -> fail(work, due, ((Problem) refusal).code().wire())))
        .onFailure(Overtaken.class)
        .recoverWithUni(() -> in(due, (work, pending) -> Uni.createFrom().voidItem()));
  }

  private interface Deed {
    Uni<Void> on(Work work, Pending pending);
  }

  private Uni<Void> in(Due due, Deed deed) {
    return tx.in(due.broadcast().tenant())
        .write(
            work ->
                recipients
                    .lock(work, due)
                    .flatMap(
                        found -> {
                          if (found.isEmpty()) {
                            return Uni.createFrom().voidItem();
                          }
                          return found.get().running()
                              ? deed.on(work, found.get())
                              : recipients.end(work, due, ended(due, RecipientState.CANCELLED));
                        }));
  }

  private Uni<Void> attempt(Work work, Due due, Pending pending) {
    Caller author = users.bind(pending.author());
    return audiences
        .target(work, author, due.clientId())
        .flatMap(
            found -> {
              Target target = found.orElseThrow(Problem::notFound);
              return target.channel() == null
                  ? await(work, due, pending, author)
                  : send(work, due, pending, author, target);
            });
  }

  private Uni<Void> send(Work work, Due due, Pending pending, Caller author, Target target) {
    Instant now = clock.instant();
    return files
        .copy(work, author.tenant(), pending.attachments(), now)
        .flatMap(
            copies ->
                send.send(
                    work, author, target.channel(), message(due, pending, author, target, copies)))
        .flatMap(
            id ->
                recipients.end(
                    work,
                    due,
                    new RecipientView(
                        due.clientId(), RecipientState.SENT, null, target.channel(), id, now)))
        .chain(() -> work.auditFor(author, "SEND /v1/broadcasts/" + due.broadcast().id()))
        .chain(() -> count(work, due, 1, 0, now));
  }

  private static SendMessageRequest message(
      Due due, Pending pending, Caller author, Target target, List<UUID> copies) {
    return new SendMessageRequest(
        "broadcast-" + due.broadcast().id(),
        Variables.fill(pending.body(), target.name(), target.company(), author.name()),
        null,
        null,
        null,
        copies,
        null,
        null,
        null);
  }

  /** conversation-service makes the channel; asking again does no harm. */
  private Uni<Void> await(Work work, Due due, Pending pending, Caller author) {
    Instant now = clock.instant();
    if (now.isAfter(pending.since().plus(config.giveUp()))) {
      return fail(work, due, Code.UNAVAILABLE.wire());
    }
    work.emit(
        Topics.MESSAGE_REQUESTS,
        author.tenant() + "/" + due.clientId(),
        Envelope.of(
            EventType.CHANNEL_REQUESTED,
            author.tenant(),
            null,
            author.actor(),
            now,
            new ChannelRequested(due.clientId())));
    Duration pause = Duration.ofSeconds(1L << Math.min(pending.attempts(), 6));
    return recipients.putOff(
        work, due, now.plus(pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE));
  }

  private Uni<Void> fail(Work work, Due due, String reason) {
    Instant now = clock.instant();
    return recipients
        .end(
            work,
            due,
            new RecipientView(due.clientId(), RecipientState.FAILED, reason, null, null, now))
        .chain(() -> count(work, due, 0, 1, now));
  }

  private Uni<Void> count(Work work, Due due, long sent, long failed, Instant now) {
    return broadcasts
        .count(work, due.broadcast(), sent, failed, now)
        .invoke(
            running -> {
              if (!running) {
                throw new Overtaken();
              }
            })
        .replaceWithVoid();
  }

  private static RecipientView ended(Due due, RecipientState state) {
    return new RecipientView(due.clientId(), state, null, null, null, null);
  }
}
