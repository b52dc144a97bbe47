package dev.parley.sms.outbound;

import dev.parley.chassis.tx.Tx;
import dev.parley.chassis.tx.Work;
import dev.parley.contracts.event.DeliveryStatus;
import dev.parley.sms.Deliveries;
import dev.parley.sms.Dispatch;
import dev.parley.sms.Sms;
import dev.parley.sms.SmsConfig;
import dev.parley.sms.Smses;
import dev.parley.sms.provider.ProviderFailure;
import dev.parley.sms.provider.ProviderReceipt;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jboss.logging.Logger;

/**
 * Writes down what came of a call. A receipt always counts; a failure only while the attempt that
 * it is about is the one under way, and never once the carrier is known to have the text.
 */
@ApplicationScoped
class RecordOutcome {
  private static final Logger LOG = Logger.getLogger(RecordOutcome.class);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
  private static final int DOUBLINGS = 6;

  private final Tx tx;
  private final Smses smses;
  private final Deliveries deliveries;
  private final Claims claims;
  private final SmsConfig.Dispatch config;
  private final Clock clock;

  RecordOutcome(
      Tx tx, Smses smses, Deliveries deliveries, Claims claims, SmsConfig config, Clock clock) {
    this.tx = tx;
    this.smses = smses;
    this.deliveries = deliveries;
    this.claims = claims;
    this.config = config.dispatch();
    this.clock = clock;
  }

  /** The carrier has it. */
  Uni<Void> receipt(Sms claimed, ProviderReceipt receipt) {
    Sms.News news =
        new Sms.News(
            receipt.providerId(),
            receipt.status(),
            receipt.code(),
            receipt.reason(),
            receipt.segments());
    return tx.write(
        work ->
            smses
                .lockProviderId(work, claimed.provider(), receipt.providerId())
                .chain(() -> smses.lock(work, claimed.id()))
                .flatMap(sms -> deliveries.apply(work, sms.orElseThrow(), news)));
  }

  /** The call failed, or nobody knows. */
  Uni<Void> failure(Sms claimed, ProviderFailure failure) {
    Instant now = clock.instant();
    if (failure instanceof ProviderFailure.Rejected rejected) {
      return underway(
          claimed,
          (work, sms) ->
              deliveries.apply(
                  work,
                  sms,
                  new Sms.News(null, rejected.status(), rejected.code(), rejected.reason(), 0)));
    }
    LOG.warnf("sms %s attempt %d: %s", claimed.id(), claimed.attempts(), failure.getMessage());
    if (failure instanceof ProviderFailure.Throttled throttled) {
      Instant until = now.plus(throttled.retryAfter());
      return underway(
          claimed,
          (work, sms) ->
              smses
                  .save(work, sms.becomes(Dispatch.WAITING, until))
                  .chain(() -> claims.hold(work, sms.ownNumber(), until)));
    }
    if (failure instanceof ProviderFailure.Unreachable) {
      return now.isAfter(claimed.createdAt().plus(config.giveUpAfter()))
          ? givenUp(claimed)
          : underway(
              claimed,
              (work, sms) -> smses.save(work, sms.becomes(Dispatch.WAITING, now.plus(pause(sms)))));
    }
    return doubt(claimed, now);
  }

  /** Still in doubt: to be looked up then. */
  Uni<Void> doubt(Sms claimed, Instant lookUpAt) {
    return underway(
        claimed, (work, sms) -> smses.save(work, sms.becomes(Dispatch.IN_DOUBT, lookUpAt)));
  }

  /** The carrier surely does not have it: it may be sent again. */
  Uni<Void> absent(Sms claimed) {
    LOG.warnf("sms %s is not at the carrier, sent again", claimed.id());
    return underway(
        claimed, (work, sms) -> smses.save(work, sms.becomes(Dispatch.WAITING, clock.instant())));
  }

  private Uni<Void> givenUp(Sms claimed) {
    Sms.News news =
        new Sms.News(
            null, DeliveryStatus.FAILED, "unreachable", "The carrier could not be reached.", 0);
    return underway(claimed, (work, sms) -> deliveries.apply(work, sms, news));
  }

  private Duration pause(Sms sms) {
    Duration pause =
        config.backoff().multipliedBy(1L << Math.min(Math.max(0, sms.attempts() - 1), DOUBLINGS));
    return pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
  }

  private interface Step {
    Uni<Void> on(Work work, Sms sms);
  }

  private Uni<Void> underway(Sms claimed, Step step) {
    return tx.write(
        work ->
            smses
                .lock(work, claimed.id())
                .flatMap(
                    found -> {
                      Sms sms = found.orElseThrow();
                      boolean mine =
                          sms.dispatch() != Dispatch.DONE
                              && claimed.attemptId().equals(sms.attemptId());
                      return mine ? step.on(work, sms) : Uni.createFrom().voidItem();
                    }));
  }
}
