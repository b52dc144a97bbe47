package dev.parley.chassis.consume;

import dev.parley.chassis.problem.Outages;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** How long a failing record is tried before it is put aside. */
final class Retries {
  static final int ATTEMPTS = 3;
  static final Duration NOT_YET_AT_MOST = Duration.ofMinutes(1);

  private static final Duration NOT_YET_PAUSE = Duration.ofMillis(20);
  private static final Duration POISON_PAUSE = Duration.ofMillis(100);
  private static final Duration OUTAGE_PAUSE = Duration.ofMillis(250);
  private static final Duration OUTAGE_PAUSE_MAX = Duration.ofSeconds(5);

  private final Clock clock;

  Retries(Clock clock) {
    this.clock = clock;
  }

  /** The tries of one batch or record. */
  Tries begin() {
    return new Tries();
  }

  private static boolean isNotYet(Throwable failure) {
    for (Throwable t = failure; t != null; t = t.getCause() == t ? null : t.getCause()) {
      if (t instanceof NotYet) {
        return true;
      }
    }
    return false;
  }

  final class Tries {
    private final Instant began = clock.instant();
    private int failures;
    private int outages;

    /** The pause before the next try, or null when it is not to be tried again. */
    Duration next(Throwable failure) {
      if (isNotYet(failure)) {
        boolean patient = Duration.between(began, clock.instant()).compareTo(NOT_YET_AT_MOST) < 0;
        return patient ? NOT_YET_PAUSE : null;
      }
      if (Outages.isOutage(failure)) {
        Duration pause = OUTAGE_PAUSE.multipliedBy(1L << Math.min(outages++, 6));
        return pause.compareTo(OUTAGE_PAUSE_MAX) < 0 ? pause : OUTAGE_PAUSE_MAX;
      }
      return ++failures < ATTEMPTS ? POISON_PAUSE : null;
    }
  }
}
