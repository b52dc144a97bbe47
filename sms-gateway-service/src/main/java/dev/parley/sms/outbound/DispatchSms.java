package dev.parley.sms.outbound;

import dev.parley.sms.Sms;
import dev.parley.sms.SmsConfig;
import dev.parley.sms.provider.OutboundSms;
import dev.parley.sms.provider.ProviderFailure;
import dev.parley.sms.provider.ProviderReceipt;
import dev.parley.sms.provider.SmsProvider;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/**
 * Hands a claimed text to the carrier and writes down what came of it: claim, call and record are
 * three steps, and no transaction is open during the call.
 */
@ApplicationScoped
class DispatchSms {
  private static final Duration GRACE = Duration.ofSeconds(5);

  private final SmsProvider provider;
  private final RecordOutcome record;
  private final SmsConfig config;
  private final MeterRegistry meters;

  DispatchSms(SmsProvider provider, RecordOutcome record, SmsConfig config, MeterRegistry meters) {
    this.provider = provider;
    this.record = record;
    this.config = config;
    this.meters = meters;
  }

  /**
   * Completes when the outcome is stored. If storing fails, the text stays claimed and is looked up
   * later.
   */
  Uni<Void> dispatch(Sms claimed) {
    return provider
        .send(outbound(claimed))
        .ifNoItem()
        .after(config.dispatch().callTimeout().plus(GRACE))
        .failWith(() -> new ProviderFailure.InDoubt("no answer"))
        .onItem()
        .transform(Outcome::accepted)
        .onFailure(ProviderFailure.class)
        .recoverWithItem(Outcome::failed)
        .flatMap(outcome -> record(claimed, outcome));
  }

  /** A text as the port takes it. */
  static OutboundSms outbound(Sms sms) {
    return new OutboundSms(sms.id(), sms.ownNumber(), sms.theirNumber(), sms.body());
  }

  private Uni<Void> record(Sms claimed, Outcome outcome) {
    if (outcome.failure() == null) {
      meters.counter("parley.sms.calls", "outcome", "accepted").increment();
      return record.receipt(claimed, outcome.receipt());
    }
    String name = outcome.failure().getClass().getSimpleName().toLowerCase(java.util.Locale.ROOT);
    meters.counter("parley.sms.calls", "outcome", name).increment();
    return record.failure(claimed, outcome.failure());
  }

  private record Outcome(ProviderReceipt receipt, ProviderFailure failure) {
    static Outcome accepted(ProviderReceipt receipt) {
      return new Outcome(receipt, null);
    }

    static Outcome failed(ProviderFailure failure) {
      return new Outcome(null, failure);
    }
  }
}
