package dev.parley.notification;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** When people are told. */
@ConfigMapping(prefix = "parley.notification")
public interface NotificationConfig {
  /** Level in channels and deal rooms for who chose none; elsewhere it is {@code all}. */
  @WithDefault("mentions")
  String defaultLevel();

  /** E-mail. */
  Email email();

  /** Presence, as e-mail regards it. */
  Presence presence();

  /** When e-mails go. */
  interface Email {
    /** From a conversation's first message on, how long more of them go into the same mail. */
    @WithDefault("PT5M")
    Duration grouping();

    /** How often is looked for mails that are due. */
    @WithDefault("PT1S")
    Duration poll();

    /** When a node that has claimed a mail and said no more is taken for dead. */
    @WithDefault("PT2M")
    Duration lease();

    /** The pause before a second try; it doubles with each, up to five minutes. */
    @WithDefault("PT5S")
    Duration retry();

    /** How long a mail is tried. */
    @WithDefault("P1D")
    Duration giveUp();
  }

  /** How far presence is trusted. */
  interface Presence {
    /**
     * How long "online" is believed without another word: the event that ended it may have been
     * lost while this service was down.
     */
    @WithDefault("PT12H")
    Duration believed();
  }
}
