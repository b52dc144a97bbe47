package dev.parley.search;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.jboss.logging.Logger;

/**
 * Makes the index at the start, and again should it go missing. The service starts without
 * Elasticsearch: it is not ready until the index has been seen. A later outage does not take its
 * readiness away, since restarting or avoiding this node would cure nothing; it answers 503.
 */
@ApplicationScoped
class IndexWatch {
  private static final Logger LOG = Logger.getLogger(IndexWatch.class);
  private static final Duration EVERY = Duration.ofSeconds(1);

  private final Vertx vertx;
  private final SearchIndex index;
  private final AtomicBoolean looking = new AtomicBoolean();
  private final AtomicBoolean waiting = new AtomicBoolean();
  private volatile boolean seen;
  private long timer;

  IndexWatch(Vertx vertx, SearchIndex index) {
    this.vertx = vertx;
    this.index = index;
  }

  void start(@Observes StartupEvent event) {
    look();
    timer = vertx.setPeriodic(EVERY.toMillis(), tick -> look());
  }

  void stop(@Observes ShutdownEvent event) {
    vertx.cancelTimer(timer);
  }

  private void look() {
    if (index.isReady() || !looking.compareAndSet(false, true)) {
      return;
    }
    index
        .ensure()
        .onTermination()
        .invoke(() -> looking.set(false))
        .subscribe()
        .with(
            done -> {
              seen = true;
              waiting.set(false);
              LOG.infof("index %s is there", index.name());
            },
            this::await);
  }

  /** Says so once, not every second. */
  private void await(Throwable failure) {
    if (waiting.compareAndSet(false, true)) {
      LOG.warnf("waiting for Elasticsearch: %s", failure.getClass().getName());
    }
  }

  /** Ready once the index has been seen. */
  @Readiness
  @ApplicationScoped
  static class Seen implements HealthCheck {
    private final IndexWatch watch;

    Seen(IndexWatch watch) {
      this.watch = watch;
    }

    @Override
    public HealthCheckResponse call() {
      return HealthCheckResponse.named("search index").status(watch.isSeen()).build();
    }
  }

  boolean isSeen() {
    return seen;
  }
}
