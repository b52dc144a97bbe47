package dev.parley.sms.webhook;

import dev.parley.chassis.tx.Tx;
import dev.parley.chassis.tx.Work;
import dev.parley.contracts.event.DeliveryStatus;
import dev.parley.sms.Deliveries;
import dev.parley.sms.EarlyStatuses;
import dev.parley.sms.Sms;
import dev.parley.sms.Smses;
import dev.parley.sms.provider.twilio.TwilioProvider;
import dev.parley.sms.provider.twilio.TwilioStatus;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.UUID;

/**
 * Takes a status callback. Our id in the callback's URL finds the text even before the answer to
 * its send is stored, and settles one that is in doubt; by the carrier's id alone a status of an
 * unknown text is kept for when it is known.
 */
@ApplicationScoped
class ApplyStatus {
  private static final String PROVIDER = TwilioProvider.NAME;

  private final Tx tx;
  private final Smses smses;
  private final Deliveries deliveries;
  private final EarlyStatuses early;

  ApplyStatus(Tx tx, Smses smses, Deliveries deliveries, EarlyStatuses early) {
    this.tx = tx;
    this.smses = smses;
    this.deliveries = deliveries;
    this.early = early;
  }

  /**
   * Completes when the status is safe; one that we do not know is passed over.
   *
   * @param id ours of the text, or null
   */
  Uni<Void> apply(UUID id, Form form) {
    String sid = form.require("MessageSid");
    String code = form.text("ErrorCode").isBlank() ? null : form.text("ErrorCode");
    Optional<DeliveryStatus> status = TwilioStatus.of(form.require("MessageStatus"), code);
    if (status.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    String failed = status.get().isFailure() ? code : null;
    Sms.News news = new Sms.News(sid, status.get(), failed, TwilioStatus.reason(failed), 0);
    return tx.ofAllTenants()
        .write(
            work ->
                smses
                    .lockProviderId(work, PROVIDER, sid)
                    .chain(() -> find(work, id, sid))
                    .flatMap(
                        found ->
                            found.isPresent()
                                ? deliveries.apply(work, found.get(), news)
                                : early.keep(work, PROVIDER, news)));
  }

  private Uni<Optional<Sms>> find(Work work, UUID id, String sid) {
    if (id == null) {
      return smses.lock(work, PROVIDER, sid);
    }
    return smses
        .lock(work, id)
        .flatMap(
            found ->
                found.filter(sms -> isThat(sms, sid)).isPresent()
                    ? Uni.createFrom().item(found)
                    : smses.lock(work, PROVIDER, sid));
  }

  private static boolean isThat(Sms sms, String sid) {
    return sms.provider().equals(PROVIDER)
        && (sms.providerId() == null || sms.providerId().equals(sid));
  }
}
