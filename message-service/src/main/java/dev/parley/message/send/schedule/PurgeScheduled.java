package dev.parley.message.send.schedule;

import dev.parley.message.DueLoop;
import dev.parley.message.send.FinishedConfig;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;

/** Forgets scheduled messages some time after nothing was left to do about them, in batches. */
@ApplicationScoped
class PurgeScheduled {
  static final int AT_ONCE = 500;

  private final Vertx vertx;
  private final ScheduledMessages scheduled;
  private final FinishedConfig config;
  private final Clock clock;
  private DueLoop loop;

  PurgeScheduled(Vertx vertx, ScheduledMessages scheduled, FinishedConfig config, Clock clock) {
    this.vertx = vertx;
    this.scheduled = scheduled;
    this.config = config;
    this.clock = clock;
  }

  void start(@Observes StartupEvent event) {
    loop = DueLoop.start(vertx, "purge of scheduled messages", config.sweep(), this::turn);
  }

  void stop(@Observes ShutdownEvent event) {
    loop.stop();
  }

  Uni<Duration> turn() {
    return scheduled
        .purge(clock.instant().minus(config.keep()), AT_ONCE)
        .map(gone -> gone < AT_ONCE ? config.sweep() : Duration.ZERO);
  }
}
