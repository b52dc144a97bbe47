package dev.parley.chassis.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class OldestRowsTest {
  private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

  private final OldestRows oldest = new OldestRows(2);

  @Test
  void whatOneShardSendsHidesNotWhatAnotherKeeps() {
    oldest.seen(0, NOW.minusSeconds(20));
    oldest.seen(1, NOW.minusSeconds(3));
    oldest.allSent(1);
    assertThat(oldest.ageSeconds(NOW)).isEqualTo(20);

    oldest.seen(1, NOW.minusSeconds(1));
    assertThat(oldest.ageSeconds(NOW)).isEqualTo(20);

    oldest.allSent(0);
    assertThat(oldest.ageSeconds(NOW)).isEqualTo(1);
  }

  @Test
  void withNothingToSendThereIsNoAge() {
    assertThat(oldest.ageSeconds(NOW)).isZero();
    oldest.seen(1, NOW.plusMillis(5)); // the database's clock is ahead of ours
    assertThat(oldest.ageSeconds(NOW)).isZero();
  }
}
