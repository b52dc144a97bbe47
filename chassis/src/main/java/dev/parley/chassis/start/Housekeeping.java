package dev.parley.chassis.start;

import dev.parley.chassis.tx.Tx;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import org.jboss.logging.Logger;

/** Forgets what need not be remembered any longer: inbox entries and idempotency keys. */
@ApplicationScoped
class Housekeeping {
  private static final Logger LOG = Logger.getLogger(Housekeeping.class);
  private static final Duration EVERY = Duration.ofHours(1);
  // Dead letters are kept for 14 days, and a replay begins anew when Kafka has forgotten the last.
  private static final String PURGE_INBOX =
      "delete from inbox where received_at < clock_timestamp() - interval '15 days'";
  private static final String PURGE_KEYS =
      "delete from idempotency_key where created_at < clock_timestamp() - interval '7 days'";

  private final Vertx vertx;
  private final Tx tx;

  Housekeeping(Vertx vertx, Tx tx) {
    this.vertx = vertx;
    this.tx = tx;
  }

  void start(@Observes StartupEvent event) {
    vertx.setPeriodic(
        EVERY.toMillis(),
        timer ->
            purge()
                .subscribe()
                .with(
                    done -> {},
                    failure -> LOG.warnf("purge put off: %s", failure.getClass().getName())));
  }

  Uni<Void> purge() {
    Tx.Bound all = tx.ofAllTenants();
    return all.change(PURGE_INBOX, Tuple.tuple())
        .chain(() -> all.change(PURGE_KEYS, Tuple.tuple()))
        .replaceWithVoid();
  }
}
