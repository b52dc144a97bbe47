package dev.parley.notification.email;

import dev.parley.notification.NotificationConfig;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;

/**
 * Looks for mails that are due, from the service's start to its stop. The times are in the
 * database, so what fell due while no node ran goes at the next start.
 */
@ApplicationScoped
class MailLoop {
  private static final Logger LOG = Logger.getLogger(MailLoop.class);
  private static final Duration PURGE_EVERY = Duration.ofHours(1);
  private static final long STOP_SECONDS = 10;

  private final Vertx vertx;
  private final SendDueMails send;
  private final Mails mails;
  private final NotificationConfig.Email config;
  private volatile CompletableFuture<Integer> turn = CompletableFuture.completedFuture(0);
  private volatile boolean stopped;
  private long timer;
  private long purge;

  MailLoop(Vertx vertx, SendDueMails send, Mails mails, NotificationConfig config) {
    this.vertx = vertx;
    this.send = send;
    this.mails = mails;
    this.config = config.email();
  }

  void start(@Observes @Priority(300) StartupEvent event) {
    timer = vertx.setPeriodic(config.poll().toMillis(), tick -> look());
    purge = vertx.setPeriodic(PURGE_EVERY.toMillis(), tick -> purge());
  }

  /** Lets the mails under way be recorded, so that a planned stop sends none twice. */
  void stop(@Observes ShutdownEvent event) {
    stopped = true;
    vertx.cancelTimer(timer);
    vertx.cancelTimer(purge);
    try {
      turn.get(STOP_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      LOG.warnf("stopped with mails under way: %s", e.getClass().getName());
    }
  }

  /** Runs on one event loop alone, so turns of this node never overlap. */
  private void look() {
    if (!stopped && turn.isDone()) {
      turn = send.turn().onFailure().recoverWithItem(this::putOff).subscribeAsCompletionStage();
    }
  }

  private int putOff(Throwable failure) {
    LOG.warnf("mails put off: %s", failure.getClass().getName());
    return 0;
  }

  private void purge() {
    mails
        .purge()
        .subscribe()
        .with(done -> {}, failure -> LOG.warnf("purge put off: %s", failure.getClass().getName()));
  }
}
