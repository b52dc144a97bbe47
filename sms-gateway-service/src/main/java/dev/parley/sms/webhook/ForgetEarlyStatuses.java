package dev.parley.sms.webhook;

import dev.parley.sms.EarlyStatuses;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import org.jboss.logging.Logger;

/** Drops, once an hour, the statuses of texts that nobody sent. */
@ApplicationScoped
class ForgetEarlyStatuses {
  private static final Logger LOG = Logger.getLogger(ForgetEarlyStatuses.class);
  private static final Duration EVERY = Duration.ofHours(1);

  private final Vertx vertx;
  private final EarlyStatuses early;

  ForgetEarlyStatuses(Vertx vertx, EarlyStatuses early) {
    this.vertx = vertx;
    this.early = early;
  }

  void start(@Observes StartupEvent event) {
    vertx.setPeriodic(
        EVERY.toMillis(),
        timer ->
            early
                .forget()
                .subscribe()
                .with(done -> {}, f -> LOG.warnf("put off: %s", f.getClass().getName())));
  }
}
