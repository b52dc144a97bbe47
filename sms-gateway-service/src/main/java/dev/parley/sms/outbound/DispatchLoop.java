package dev.parley.sms.outbound;

import dev.parley.sms.Sms;
import dev.parley.sms.SmsConfig;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;

/**
 * Claims one text after the other and has it sent, as many at a time as configured. Woken when
 * texts were queued, when a call has ended, and when one that had to wait may go; a slow timer
 * finds what a crash or another node left. Any number of nodes may run it.
 */
@ApplicationScoped
class DispatchLoop {
  private static final Logger LOG = Logger.getLogger(DispatchLoop.class);

  private final Vertx vertx;
  private final Claims claims;
  private final DispatchSms dispatch;
  private final ResolveDoubt resolve;
  private final SmsConfig.Dispatch config;
  private final Clock clock;
  private final AtomicInteger calls = new AtomicInteger();
  private final AtomicBoolean claiming = new AtomicBoolean();
  private final AtomicBoolean again = new AtomicBoolean();
  private final AtomicBoolean resolving = new AtomicBoolean();
  private final AtomicBoolean stopped = new AtomicBoolean();

  DispatchLoop(
      Vertx vertx,
      Claims claims,
      DispatchSms dispatch,
      ResolveDoubt resolve,
      SmsConfig config,
      Clock clock) {
    this.vertx = vertx;
    this.claims = claims;
    this.dispatch = dispatch;
    this.resolve = resolve;
    this.config = config.dispatch();
    this.clock = clock;
  }

  void start(@Observes @Priority(200) StartupEvent event) {
    vertx.setPeriodic(
        config.sweep().toMillis(),
        timer -> {
          wake();
          resolveAll();
        });
  }

  void stop(@Observes ShutdownEvent event) {
    stopped.set(true);
  }

  /** Says that a text may be ready to leave. Cheap; many wakes make one look. */
  void wake() {
    again.set(true);
    if (!stopped.get() && claiming.compareAndSet(false, true)) {
      claimOn();
    }
  }

  private void claimOn() {
    again.set(false);
    if (stopped.get() || calls.get() >= config.parallel()) {
      rest();
      return;
    }
    claims
        .next()
        .subscribe()
        .with(
            found -> {
              if (found.isPresent()) {
                call(found.get());
                claimOn();
              } else {
                planNext();
                rest();
              }
            },
            failure -> {
              LOG.warnf("nothing claimed: %s", failure.getClass().getName());
              rest();
            });
  }

  /** Ends the round, unless something was said meanwhile that it may have missed. */
  private void rest() {
    claiming.set(false);
    if (again.get() && calls.get() < config.parallel()) {
      wake();
    }
  }

  private void call(Sms sms) {
    calls.incrementAndGet();
    dispatch
        .dispatch(sms)
        .onFailure()
        .invoke(f -> LOG.warnf("sms %s not recorded: %s", sms.id(), f.getClass().getName()))
        .onFailure()
        .recoverWithNull()
        .subscribe()
        .with(
            done -> {
              calls.decrementAndGet();
              wake();
            });
  }

  /** Wakes when the first of those may leave that may not now; the sweep covers what is far off. */
  private void planNext() {
    claims
        .nextAt()
        .subscribe()
        .with(
            at -> at.ifPresent(this::wakeAt),
            failure -> LOG.debugf("no plan: %s", failure.getClass().getName()));
  }

  private void wakeAt(Instant at) {
    Duration wait = Duration.between(clock.instant(), at);
    if (wait.compareTo(config.sweep()) < 0) {
      vertx.setTimer(Math.max(1, wait.toMillis()), timer -> wake());
    }
  }

  private void resolveAll() {
    if (!stopped.get() && resolving.compareAndSet(false, true)) {
      resolveNext()
          .subscribe()
          .with(
              done -> resolving.set(false),
              failure -> {
                LOG.warnf("doubts stay: %s", failure.getClass().getName());
                resolving.set(false);
              });
    }
  }

  private Uni<Void> resolveNext() {
    return claims
        .doubtful()
        .flatMap(
            found ->
                found.isPresent()
                    ? resolve.resolve(found.get()).invoke(this::wake).chain(this::resolveNext)
                    : Uni.createFrom().voidItem());
  }
}
