package dev.parley.message.send.schedule;

import dev.parley.chassis.problem.Problem;
import dev.parley.chassis.tx.Tx;
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
import java.util.UUID;
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
 */
@ApplicationScoped
class SendDue {
  private static final Logger LOG = Logger.getLogger(SendDue.class);
  static final Duration LEASE = Duration.ofSeconds(3);
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
        .take(now, again, AT_ONCE)
        .flatMap(
            due ->
                DueLoop.each(due, CONCURRENTLY, message -> one(message, again))
                    .replaceWith(due.size() == AT_ONCE ? Duration.ZERO : config.tick()));
  }

  private Uni<Boolean> one(Scheduled message, Instant again) {
    return Uni.createFrom()
        .deferred(
            () ->
                send.sendLater(
                    users.bind(message.author()),
                    message.conversationId().toString(),
                    message.message()))
        .flatMap(sent -> end(message, "sent", null, sent.id()))
        .onFailure(Refusals::isFinal)
        .recoverWithUni(refusal -> end(message, "failed", ((Problem) refusal).code().wire(), null))
        .onFailure()
        .recoverWithUni(failure -> putOff(message, again, failure));
  }

  /** Whoever cancels it until it is tried again is heard. */
  Uni<Boolean> putOff(Scheduled message, Instant again, Throwable failure) {
    LOG.warnf("%s put off: %s", message, failure.getClass().getName());
    return scheduled.release(message, again).replaceWith(false).onFailure().recoverWithItem(false);
  }

  private Uni<Boolean> end(Scheduled message, String state, String reason, UUID messageId) {
    return tx.in(message.author().tenant())
        .write(work -> scheduled.end(work, message, state, reason, messageId))
        .map(ended -> ended.isPresent());
  }
}
