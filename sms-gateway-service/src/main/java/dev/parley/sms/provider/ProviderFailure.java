package dev.parley.sms.provider;

import dev.parley.contracts.event.DeliveryStatus;
import java.time.Duration;

/** How handing over a text may fail. Quotes nothing: neither numbers nor bodies. */
public abstract sealed class ProviderFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private ProviderFailure(String message) {
    super(message, null, false, false);
  }

  /** The carrier does not take it and never will. */
  public static final class Rejected extends ProviderFailure {
    private static final long serialVersionUID = 1L;

    private final DeliveryStatus status;
    private final String code;
    private final String reason;

    /**
     * @param status {@code FAILED} or {@code BLOCKED}
     * @param code the carrier's
     * @param reason in plain words
     */
    public Rejected(DeliveryStatus status, String code, String reason) {
      super("rejected: " + code);
      this.status = status;
      this.code = code;
      this.reason = reason;
    }

    /** {@code FAILED}, or {@code BLOCKED} where the recipient opted out. */
    public DeliveryStatus status() {
      return status;
    }

    /** The carrier's code. */
    public String code() {
      return code;
    }

    /** The reason in plain words. */
    public String reason() {
      return reason;
    }
  }

  /** Too much from this number at once: not taken, try later. */
  public static final class Throttled extends ProviderFailure {
    private static final long serialVersionUID = 1L;

    private final Duration retryAfter;

    /** Until then nothing should be sent from the number. */
    public Throttled(Duration retryAfter) {
      super("throttled");
      this.retryAfter = retryAfter;
    }

    /** How long to wait. */
    public Duration retryAfter() {
      return retryAfter;
    }
  }

  /** The carrier was not reached or is out of service: surely not taken. */
  public static final class Unreachable extends ProviderFailure {
    private static final long serialVersionUID = 1L;

    /** Why, without details of the text. */
    public Unreachable(String why) {
      super(why);
    }
  }

  /** The carrier was called and did not answer as it should: it may have taken it. */
  public static final class InDoubt extends ProviderFailure {
    private static final long serialVersionUID = 1L;

    /** Why, without details of the text. */
    public InDoubt(String why) {
      super(why);
    }
  }
}
