package dev.parley.message.send.broadcast;

import dev.parley.chassis.caller.Caller;
import dev.parley.chassis.idempotency.Idempotency;
import dev.parley.chassis.idempotency.Idempotency.Answer;
import dev.parley.chassis.problem.Code;
import dev.parley.chassis.problem.Problem;
import dev.parley.chassis.tx.Work;
import dev.parley.contracts.Ids;
import dev.parley.contracts.event.Broadcast;
import dev.parley.message.Bodies;
import dev.parley.message.Refusal;
import dev.parley.message.SharedFiles;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * Begins a mass message (product.md §4): writes down what it says and who gets it, in one
 * transaction. Who becomes a client later does not get it.
 */
@ApplicationScoped
class StartBroadcast {
  private static final Duration TRY_AGAIN = Duration.ofSeconds(10);

  private final Broadcasts broadcasts;
  private final Recipients recipients;
  private final Audiences audiences;
  private final SharedFiles files;
  private final Idempotency idempotency;
  private final SendBroadcasts sending;
  private final BroadcastConfig config;
  private final Clock clock;

  StartBroadcast(
      Broadcasts broadcasts,
      Recipients recipients,
      Audiences audiences,
      SharedFiles files,
      Idempotency idempotency,
      SendBroadcasts sending,
      BroadcastConfig config,
      Clock clock) {
    this.broadcasts = broadcasts;
    this.recipients = recipients;
    this.audiences = audiences;
    this.files = files;
    this.idempotency = idempotency;
    this.sending = sending;
    this.config = config;
    this.clock = clock;
  }

  Uni<Broadcast> start(Caller caller, String key, BroadcastRequest request) {
    if (caller.isClient()) {
      throw Problem.of(Code.FORBIDDEN, "Mass messages are for staff.");
    }
    Bodies.check(request.body(), !request.attachments().isEmpty());
    request.check();
    return Refusal.of(() -> audiences.check(caller, request.audience()))
        .flatMap(
            refusal ->
                idempotency.write(
                    caller,
                    key,
                    "broadcast",
                    request,
                    Broadcast.class,
                    work -> {
                      refusal.raise();
                      return begin(work, caller, request).map(begun -> new Answer<>(202, begun));
                    }))
        .invoke(sending::poke)
        .map(Answer::body);
  }

  private Uni<Broadcast> begin(Work work, Caller caller, BroadcastRequest request) {
    UUID id = Ids.next();
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    return broadcasts
        .running(work, caller)
        .invoke(this::checkQuota)
        .chain(() -> takeFiles(work, caller, request.attachments(), id))
        .chain(
            () -> recipients.insert(work, caller, id, request.audience(), now, config.perSecond()))
        .invoke(this::checkTotal)
        .flatMap(total -> broadcasts.insert(work, caller, id, request, total, now));
  }

  private void checkQuota(long running) {
    if (running >= config.atOnce()) {
      throw Problem.of(Code.RATE_LIMITED, config.atOnce() + " of your mass messages are under way.")
          .retryAfter(TRY_AGAIN);
    }
  }

  private void checkTotal(long total) {
    if (total > config.atMost()) {
      throw Problem.at(
          Code.NOT_APPLICABLE, "audience", "has more than " + config.atMost() + " clients");
    }
  }

  private Uni<Void> takeFiles(Work work, Caller caller, List<UUID> ids, UUID broadcast) {
    return ids.isEmpty()
        ? Uni.createFrom().voidItem()
        : files
            .take(work, caller, ids, broadcast)
            .invoke(taken -> checkTaken(ids, taken))
            .replaceWithVoid();
  }

  private static void checkTaken(List<UUID> ids, Set<UUID> taken) {
    for (int i = 0; i < ids.size(); i++) {
      if (!taken.contains(ids.get(i))) {
        throw Problem.at(
            Code.ATTACHMENT_NOT_USABLE, "attachments[" + i + "]", "is no uploaded file of yours");
      }
    }
  }
}
