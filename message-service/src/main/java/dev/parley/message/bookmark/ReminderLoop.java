package dev.parley.message.bookmark;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jboss.logging.Logger;

/**
 * Looks every second for bookmarks that are due. The times are in the database, so what fell due
 * while no node ran is told of at the next start.
 */
@ApplicationScoped
class ReminderLoop {
  private static final Logger LOG = Logger.getLogger(ReminderLoop.class);
  private static final Duration EVERY = Duration.ofSeconds(1);

  private final Vertx vertx;
  private final RemindDue remind;
  private volatile CompletableFuture<Integer> turn = CompletableFuture.completedFuture(0);
  private long timer;

  ReminderLoop(Vertx vertx, RemindDue remind) {
    this.vertx = vertx;
    this.remind = remind;
  }

  void start(@Observes @Priority(300) StartupEvent event) {
    timer = vertx.setPeriodic(EVERY.toMillis(), tick -> look());
  }

  void stop(@Observes ShutdownEvent event) {
    vertx.cancelTimer(timer);
  }

  /** Runs on one event loop alone, so turns of this node never overlap. */
  private void look() {
    if (turn.isDone()) {
      turn = all().onFailure().recoverWithItem(this::putOff).subscribeAsCompletionStage();
    }
  }

  /** Until less than a batch was due. */
  private Uni<Integer> all() {
    return remind
        .turn()
        .flatMap(done -> done < RemindDue.AT_ONCE ? Uni.createFrom().item(done) : all());
  }

  private int putOff(Throwable failure) {
    LOG.warnf("reminders put off: %s", failure.getClass().getName());
    return 0;
  }
}
