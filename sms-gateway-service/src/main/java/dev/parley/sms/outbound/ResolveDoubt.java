package dev.parley.sms.outbound;

import dev.parley.chassis.tx.Tx;
import dev.parley.sms.Sms;
import dev.parley.sms.SmsConfig;
import dev.parley.sms.provider.ProviderFailure;
import dev.parley.sms.provider.ProviderReceipt;
import dev.parley.sms.provider.SmsProvider;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finds out at the carrier what became of a text in doubt. One that is there under an id that no
 * other text has is this one, since of two numbers only one text is on its way at a time. One that
 * stays absent for {@code resendAfter} is sent again.
 */
@ApplicationScoped
class ResolveDoubt {
  private static final String KNOWN =
      "select provider_id from sms where provider = $1 and provider_id = any($2)";

  private final Tx tx;
  private final SmsProvider provider;
  private final RecordOutcome record;
  private final SmsConfig.Dispatch config;
  private final Clock clock;

  ResolveDoubt(Tx tx, SmsProvider provider, RecordOutcome record, SmsConfig config, Clock clock) {
    this.tx = tx;
    this.provider = provider;
    this.record = record;
    this.config = config.dispatch();
    this.clock = clock;
  }

  /** Completes when it is settled, or is to be looked up again. */
  Uni<Void> resolve(Sms doubtful) {
    Instant asked = clock.instant();
    return provider
        .find(DispatchSms.outbound(doubtful), doubtful.claimedAt())
        .flatMap(found -> unknown(doubtful, found))
        .flatMap(
            found -> {
              if (found.isPresent()) {
                return record.receipt(doubtful, found.get());
              }
              return asked.isAfter(doubtful.claimedAt().plus(config.resendAfter()))
                  ? record.absent(doubtful)
                  : later(doubtful);
            })
        .onFailure(ProviderFailure.class)
        .recoverWithUni(failure -> later(doubtful));
  }

  private Uni<Void> later(Sms doubtful) {
    return record.doubt(doubtful, clock.instant().plus(config.lookupPause()));
  }

  /** The first of them that no text of ours is known by. */
  private Uni<Optional<ProviderReceipt>> unknown(Sms doubtful, List<ProviderReceipt> found) {
    if (found.isEmpty()) {
      return Uni.createFrom().item(Optional.empty());
    }
    String[] ids = found.stream().map(ProviderReceipt::providerId).toArray(String[]::new);
    return tx.read(KNOWN, Tuple.of(doubtful.provider(), ids))
        .map(
            rows -> {
              Set<String> known = new HashSet<>();
              rows.forEach(row -> known.add(row.getString(0)));
              return found.stream().filter(r -> !known.contains(r.providerId())).findFirst();
            });
  }
}
