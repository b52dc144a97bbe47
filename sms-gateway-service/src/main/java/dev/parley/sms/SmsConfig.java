package dev.parley.sms;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;

/** What an operator may set. */
@ConfigMapping(prefix = "parley.sms")
public interface SmsConfig {
  /** Our numbers. */
  Numbers numbers();

  /** How texts leave. */
  Dispatch dispatch();

  /** The account at Twilio. */
  Twilio twilio();

  /** Who may bring a number in (product.md §5). */
  enum Claim {
    /** Those who run the system. */
    OPERATOR,
    /** The first administrator of any tenant who names it: for the local stack. */
    FIRST_ADMIN
  }

  /** Our numbers. */
  interface Numbers {
    /** Who may bring a number in. */
    @WithDefault("operator")
    Claim claim();
  }

  /** How texts leave. */
  interface Dispatch {
    /** How many calls to carriers a node has open at a time. */
    @WithDefault("8")
    int parallel();

    /** How many texts leave from one number in a second, on all nodes together; the rest waits. */
    @WithDefault("10")
    int perNumberPerSecond();

    /** How long a carrier may take to answer before the text is in doubt. */
    @WithDefault("10s")
    Duration callTimeout();

    /** After how long a text that a node claimed and never reported on is in doubt. */
    @WithDefault("30s")
    Duration stuckAfter();

    /** The pause between two look-ups of a text in doubt. */
    @WithDefault("5s")
    Duration lookupPause();

    /**
     * How long a text in doubt must have been absent at the carrier, counted from the call, before
     * it is sent again.
     */
    @WithDefault("2m")
    Duration resendAfter();

    /** The first pause after a carrier could not be reached; doubled up to a minute. */
    @WithDefault("1s")
    Duration backoff();

    /** For how long an unreachable carrier is tried before the text counts as failed. */
    @WithDefault("24h")
    Duration giveUpAfter();

    /** How often a node looks for what a crash or another node left. */
    @WithDefault("1s")
    Duration sweep();
  }

  /** The account at Twilio. */
  interface Twilio {
    /** The account's id; user name of the API. */
    String accountSid();

    /** The account's secret: password of the API and key of the signatures of its callbacks. */
    String authToken();

    /** Where the API is; another than Twilio's for the simulator. */
    @WithDefault("https://api.twilio.com")
    URI baseUrl();

    /**
     * Scheme, host and port by which the carrier reaches us: part of what it signs, so it must be
     * exactly what is configured there.
     */
    URI publicUrl();
  }
}
