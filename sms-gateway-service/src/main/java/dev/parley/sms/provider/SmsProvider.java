package dev.parley.sms.provider;

import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;

/** A carrier. */
public interface SmsProvider {
  /** As it stands in the database and in {@code OwnNumber.carrier}. */
  String name();

  /**
   * Hands over a text: one call, never repeated in here.
   *
   * <p>A receipt means that the carrier has it, not that it was sent or delivered. A failure is a
   * {@link ProviderFailure}; only {@link ProviderFailure.InDoubt} leaves open whether the carrier
   * has it.
   */
  Uni<ProviderReceipt> send(OutboundSms sms);

  /**
   * What the carrier has that looks like this text: same numbers, same body, taken then or later;
   * oldest first. Carriers tell times in seconds, so somewhat older ones may be among them.
   */
  Uni<List<ProviderReceipt>> find(OutboundSms sms, Instant from);
}
