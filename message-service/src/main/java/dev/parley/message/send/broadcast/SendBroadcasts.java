package dev.parley.message.send.broadcast;

import dev.parley.chassis.tx.Tx;
import dev.parley.chassis.user.Users;
import dev.parley.message.DueLoop;
import dev.parley.message.send.broadcast.Recipients.Due;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jboss.logging.Logger;

/**
 * Sends mass messages to those whose turn it is.
 *
 * <p>So that nobody else's sends wait for them, a node takes a few recipients four times a second
 * and sends to two at a time; so they have half of the database's connections at most. What one
 * node has taken is another's after three seconds, if it is not done by then.
 */
@ApplicationScoped
class SendBroadcasts {
  private static final Logger LOG = Logger.getLogger(SendBroadcasts.class);
  private static final Duration LEASE = Duration.ofSeconds(3);
  private static final int BEATS = 4;
  private static final Duration BEAT = Duration.ofSeconds(1).dividedBy(BEATS);
  private static final int CONCURRENTLY = 2;

  private final Vertx vertx;
  private final Tx tx;
  private final Broadcasts broadcasts;
  private final Recipients recipients;
  private final SendOne one;
  private final Users users;
  private final BroadcastConfig config;
  private final Clock clock;
  private DueLoop loop;

  SendBroadcasts(
      Vertx vertx,
      Tx tx,
      Broadcasts broadcasts,
      Recipients recipients,
      SendOne one,
      Users users,
      BroadcastConfig config,
      Clock clock) {
    this.vertx = vertx;
    this.tx = tx;
    this.broadcasts = broadcasts;
    this.recipients = recipients;
    this.one = one;
    this.users = users;
    this.config = config;
    this.clock = clock;
  }

  void start(@Observes StartupEvent event) {
    loop = DueLoop.start(vertx, "mass messages", config.tick(), this::turn);
  }

  void stop(@Observes ShutdownEvent event) {
    loop.stop();
  }

  /** One has begun. */
  void poke() {
    loop.poke();
  }

  /** Sends to those whose turn it is; when to look again. */
  Uni<Duration> turn() {
    if (!users.isKnown()) {
      return Uni.createFrom().item(config.tick());
    }
    Instant now = clock.instant();
    return recipients
        .take(now, now.plus(LEASE), Math.max(1, config.nodePerSecond() / BEATS))
        .flatMap(
            due ->
                DueLoop.each(due, CONCURRENTLY, this::one)
                    .chain(this::tell)
                    .replaceWith(due.isEmpty() ? config.tick() : BEAT));
  }

  /** How far they got, once a second: also where the rest is waited for. */
  private Uni<Void> tell() {
    return tx.ofAllTenants().write(work -> broadcasts.tell(work, clock.instant()));
  }

  private Uni<Boolean> one(Due due) {
    return one.send(due)
        .replaceWith(true)
        .onFailure()
        .recoverWithItem(
            failure -> {
              LOG.warnf(
                  "mass message %s put off: %s",
                  due.broadcast().id(), failure.getClass().getName());
              return false;
            });
  }
}
