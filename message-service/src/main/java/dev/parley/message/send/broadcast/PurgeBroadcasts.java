package dev.parley.message.send.broadcast;

import dev.parley.chassis.tx.Tx;
import dev.parley.chassis.tx.Work;
import dev.parley.message.DueLoop;
import dev.parley.message.SharedFiles;
import dev.parley.message.send.FinishedConfig;
import dev.parley.message.send.broadcast.Broadcasts.Key;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/**
 * Forgets mass messages some time after their end, in batches of their recipients: what was said to
 * whom stays in the conversations, and so do the files that these messages have.
 */
@ApplicationScoped
class PurgeBroadcasts {
  static final int AT_ONCE = 500;

  private final Vertx vertx;
  private final Tx tx;
  private final Broadcasts broadcasts;
  private final Recipients recipients;
  private final SharedFiles files;
  private final FinishedConfig config;
  private final Clock clock;
  private DueLoop loop;

  PurgeBroadcasts(
      Vertx vertx,
      Tx tx,
      Broadcasts broadcasts,
      Recipients recipients,
      SharedFiles files,
      FinishedConfig config,
      Clock clock) {
    this.vertx = vertx;
    this.tx = tx;
    this.broadcasts = broadcasts;
    this.recipients = recipients;
    this.files = files;
    this.config = config;
    this.clock = clock;
  }

  void start(@Observes StartupEvent event) {
    loop = DueLoop.start(vertx, "purge of mass messages", config.sweep(), this::turn);
  }

  void stop(@Observes ShutdownEvent event) {
    loop.stop();
  }

  /** Forgets a batch; whether there may be more follows from how soon to look again. */
  Uni<Duration> turn() {
    return tx.ofAllTenants()
        .write(
            work ->
                broadcasts
                    .ended(work, clock.instant().minus(config.keep()))
                    .flatMap(
                        key ->
                            key == null
                                ? Uni.createFrom().item(config.sweep())
                                : forget(work, key).replaceWith(Duration.ZERO)));
  }

  private Uni<Void> forget(Work work, Key key) {
    return recipients
        .forget(work, key, AT_ONCE)
        .flatMap(
            gone ->
                gone == AT_ONCE
                    ? Uni.createFrom().voidItem()
                    : files
                        .release(work, key.tenant(), List.of(key.id()), clock.instant())
                        .chain(() -> broadcasts.delete(work, key)));
  }
}
