package dev.parley.sms.provider.twilio;

import dev.parley.contracts.event.DeliveryStatus;
import java.util.Map;
import java.util.Optional;

/** Twilio's statuses and error codes in our words. */
public final class TwilioStatus {
  /** The recipient opted out; Twilio refuses, and so do we. */
  private static final String OPTED_OUT = "21610";

  private static final Map<String, DeliveryStatus> STATUSES =
      Map.ofEntries(
          Map.entry("accepted", DeliveryStatus.SENDING),
          Map.entry("scheduled", DeliveryStatus.SENDING),
          Map.entry("queued", DeliveryStatus.SENDING),
          Map.entry("sending", DeliveryStatus.SENDING),
          Map.entry("sent", DeliveryStatus.SENT),
          Map.entry("delivered", DeliveryStatus.DELIVERED),
          Map.entry("read", DeliveryStatus.READ),
          Map.entry("undelivered", DeliveryStatus.UNDELIVERED),
          Map.entry("failed", DeliveryStatus.FAILED),
          Map.entry("canceled", DeliveryStatus.FAILED));

  private static final Map<String, String> REASONS =
      Map.ofEntries(
          Map.entry("21211", "This is not a valid phone number."),
          Map.entry("21408", "Texts to this country are not allowed for our account."),
          Map.entry(OPTED_OUT, "The recipient opted out of our texts."),
          Map.entry("21612", "Our number cannot text this number."),
          Map.entry("21614", "This number cannot receive texts."),
          Map.entry("21617", "The text is too long."),
          Map.entry("21635", "This is a landline; it cannot receive texts."),
          Map.entry("30001", "The carrier's queue is full."),
          Map.entry("30002", "Our account at the carrier is suspended."),
          Map.entry("30003", "The phone cannot be reached; it may be switched off."),
          Map.entry("30004", "The phone does not accept our texts."),
          Map.entry("30005", "The number does not exist."),
          Map.entry("30006", "This is a landline, or its carrier cannot be reached."),
          Map.entry("30007", "The carrier filtered the text."),
          Map.entry("30008", "The carrier did not say why."),
          Map.entry("30034", "Our number is not registered for business texts."));

  private TwilioStatus() {}

  /** Our status; empty for one that is not about a text that leaves, or that we do not know. */
  public static Optional<DeliveryStatus> of(String status, String code) {
    Optional<DeliveryStatus> ours = Optional.ofNullable(STATUSES.get(status));
    return ours.map(s -> s.isFailure() && OPTED_OUT.equals(code) ? DeliveryStatus.BLOCKED : s);
  }

  /** What refusing a text with that code makes of it. */
  static DeliveryStatus refused(String code) {
    return OPTED_OUT.equals(code) ? DeliveryStatus.BLOCKED : DeliveryStatus.FAILED;
  }

  /** The code in plain words; null where there is none. */
  public static String reason(String code) {
    return code == null ? null : REASONS.getOrDefault(code, "The carrier refused the text.");
  }
}
