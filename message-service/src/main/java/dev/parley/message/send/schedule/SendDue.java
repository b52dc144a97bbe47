package dev.parley.message.send.schedule;

import dev.parley.chassis.problem.Problem;
import dev.parley.chassis.tx.Tx;
import dev.parley.chassis.tx.Work;
import dev.parley.chassis.user.Users;
import dev.parley.message.DueLoop;
import dev.parley.message.send.Refusals;
import dev.parley.message.send.SendMessage;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jboss.logging.Logger;

/**
 * Sends what was planned, when its time has come: as its author, with the rights that they have
 * now.
 *
 * <p>Each node looks every second. What one has taken nobody else takes for three; if that node
 * dies, another one sends, and since the message's clientMsgId was fixed when it was planned, one
 * that was already placed is found instead of sent twice. What is refused is told to the author;
 * what fails because a part of the system is away is tried until it is back, and can be changed and
 * cancelled in between.
 *
 * <p>What is planned in one conversation is sent one after the other in the order of its times,
 * whichever nodes send it; different conversations do not wait for each other. Behind one that is
 * put off the others wait for {@link #PATIENCE}, less than they may be late: then what can be sent
 * is.
 */
@ApplicationScoped
class SendDue {
  private static final Logger LOG = Logger.getLogger(SendDue.class);
  static final Duration LEASE = Duration.ofSeconds(3);
  static final Duration PATIENCE = Duration.ofSeconds(3);
  private static final int AT_ONCE = 50;
  private static final int CONCURRENTLY = 8;

  private final Vertx vertx;
  private final Tx tx;
  private final ScheduledMessages scheduled;
  private final SendMessage send;
  private final Users users;
  private final ScheduleConfig config;
  private final Clock clock;
  private DueLoop loop;

  SendDue(
      Vertx vertx,
      Tx tx,
      ScheduledMessages scheduled,
      SendMessage send,
      Users users,
      ScheduleConfig config,
      Clock clock) {
    this.vertx = vertx;
    this.tx = tx;
    this.scheduled = scheduled;
    this.send = send;
    this.users = users;
    this.config = config;
    this.clock = clock;
  }

  void start(@Observes StartupEvent event) {
    loop = DueLoop.start(vertx, "scheduled messages", config.tick(), this::turn);
  }

  void stop(@Observes ShutdownEvent event) {
    loop.stop();
  }

  /** Sends what is due; when to look again. */
  Uni<Duration> turn() {
    if (!users.isKnown()) {
      return Uni.createFrom().item(config.tick());
    }
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    Instant again = now.plus(LEASE);
    return scheduled
        .take(now, again, now.minus(PATIENCE), AT_ONCE)
        .flatMap(
            due ->
                DueLoop.each(due, CONCURRENTLY, message -> one(message, again))
                    .replaceWith(due.isEmpty() ? config.tick() : Duration.ZERO));
  }

  /** Never fails: what cannot be sent now is put off. What it came to too late is another's. */
  private Uni<Boolean> one(Scheduled message, Instant again) {
    return clock.instant().isBefore(again) ? send(message, again) : Uni.createFrom().item(false);
  }

  private Uni<Boolean> send(Scheduled message, Instant again) {
    return Uni.createFrom()
        .deferred(
            () ->
                send.sendLater(
                    users.bind(message.author()),
                    message.conversationId().toString(),
                    message.message()))
        .flatMap(sent -> in(message, work -> sent(work, message, sent.id())))
        .onFailure(Refusals::isFinal)
        .recoverWithUni(refusal -> in(message, work -> refused(work, message, (Problem) refusal)))
        .onFailure()
        .recoverWithUni(failure -> putOff(message, again, failure));
  }

  /** Whoever cancels it until it is tried again is heard. */
  Uni<Boolean> putOff(Scheduled message, Instant again, Throwable failure) {
    LOG.warnf("%s put off: %s", message, failure.getClass().getName());
    return scheduled.release(message, again).replaceWith(false).onFailure().recoverWithItem(false);
  }

  private Uni<Boolean> in(Scheduled message, Function<Work, Uni<Optional<Scheduled>>> end) {
    return tx.in(message.author().tenant()).write(end).map(Optional::isPresent);
  }

  private Uni<Optional<Scheduled>> sent(Work work, Scheduled message, UUID messageId) {
    return scheduled
        .end(work, message, "sent", null, messageId)
        .call(
            ended ->
                ended.isPresent()
                    ? work.auditFor(message.author(), "SEND /v1/scheduled-messages/" + message.id())
                    : Uni.createFrom().voidItem());
  }

  /**
   * Who has lost their access is refused before it is looked whether they have sent it; a node that
   * died may have done so.
   */
  private Uni<Optional<Scheduled>> refused(Work work, Scheduled message, Problem refusal) {
    return scheduled
        .placed(work, message)
        .flatMap(
            placed ->
                placed.isPresent()
                    ? sent(work, message, placed.get())
                    : scheduled.end(work, message, "failed", refusal.code().wire(), null));
  }
}
