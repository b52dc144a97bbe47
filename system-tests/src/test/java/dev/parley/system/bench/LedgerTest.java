package dev.parley.system.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Two rooms of two: users 0 and 1, users 2 and 3. */
class LedgerTest {
  private final Ledger ledger = new Ledger(2, (number, acked) -> {});

  @Test
  void countsFromTheTimeAMessageWasDue() {
    ledger.begin();
    long due = System.nanoTime();
    int number = ledger.sent(1, due);
    ledger.acked(number);
    ledger.delivered(2, number, due + 5_000_000);
    ledger.delivered(3, number, due + 9_000_000);

    assertThat(ledger.complete()).isTrue();
    assertThat(ledger.deliveries.getMinValue()).isBetween(4_990L, 5_010L);
    assertThat(ledger.deliveries.getMaxValue()).isBetween(8_990L, 9_010L);
    assertThat(ledger.tally().delivered).isEqualTo(2);
    assertThat(ledger.tally().missing).isZero();
  }

  @Test
  void tellsMissingAndRepeatedDeliveriesApart() {
    ledger.begin();
    int number = ledger.sent(0, 0);
    ledger.acked(number);
    ledger.delivered(0, number, 1);
    ledger.delivered(0, number, 2);
    ledger.delivered(2, number, 3);

    assertThat(ledger.complete()).isFalse();
    assertThat(ledger.tally().missing).isEqualTo(1);
    assertThat(ledger.tally().duplicates).isEqualTo(1);
    assertThat(ledger.tally().delivered).isEqualTo(1);
  }

  @Test
  void expectsNothingOfARefusedMessage() {
    ledger.begin();
    int number = ledger.sent(0, 0);
    ledger.delivered(0, number, 1);
    ledger.refused(number);

    assertThat(ledger.complete()).isTrue();
    assertThat(ledger.tally().missing).isZero();
    assertThat(ledger.tally().refused).isEqualTo(1);
  }

  @Test
  void measuresOnlyWhatWasSentInTheWindow() {
    ledger.acked(ledger.sent(0, 0));
    ledger.begin();
    int inside = ledger.sent(0, 0);
    ledger.finish();
    ledger.acked(ledger.sent(0, 0));
    ledger.acked(inside);

    assertThat(ledger.tally().offered).isEqualTo(1);
    assertThat(ledger.tally().missing).isEqualTo(2);
    assertThat(ledger.acks.getTotalCount()).isEqualTo(1);
  }

  @Test
  void growsWithTheLoad() {
    ledger.begin();
    for (int i = 0; i < 5_000; i++) {
      int number = ledger.sent(0, 0);
      ledger.acked(number);
      ledger.delivered(0, number, 1);
      ledger.delivered(1, number, 1);
    }
    assertThat(ledger.complete()).isTrue();
    assertThat(ledger.tally().delivered).isEqualTo(10_000);
  }
}
