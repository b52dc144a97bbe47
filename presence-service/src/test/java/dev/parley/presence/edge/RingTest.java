package dev.parley.presence.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RingTest {
  @Test
  void theOldestGoFirstWhateverTheirPartition() {
    Ring ring = new Ring(new long[] {10, 20}, 3, 10_000);
    assertThat(ring.covers(new long[] {10, 20})).isTrue();
    assertThat(ring.covers(new long[] {9, 20})).isFalse();
    ring.add(Records.at(0, 10, "a"));
    ring.add(Records.at(1, 20, "b"));
    ring.add(Records.at(0, 11, "c"));
    assertThat(ring.first()).containsExactly(10, 20);
    ring.add(Records.at(0, 12, "d"));
    assertThat(ring.first()).containsExactly(11, 20);
    ring.add(Records.at(0, 13, "e"));
    assertThat(ring.first()).containsExactly(11, 21);
    assertThat(ring.covers(new long[] {11, 21})).isTrue();
    assertThat(ring.covers(new long[] {11, 20})).isFalse();
    assertThat(seen(ring, 12, 21)).containsExactly("d", "e");
    assertThat(seen(ring, 11, 99)).containsExactly("c", "d", "e");
    assertThat(seen(ring, 99, 99)).isEmpty();
  }

  @Test
  void bytesAreBoundedTooAndSoIsWhatARecordTakesBesidesItsFrame() {
    Ring ring = new Ring(new long[] {0}, 1_000, 2 * Ring.EACH + 10);
    for (int i = 0; i < 10; i++) {
      ring.add(Records.at(0, i, "1234"));
    }
    assertThat(seen(ring, 0)).hasSize(2);
    String large = "larger than the whole ring".repeat(100);
    ring.add(Records.at(0, 10, large));
    assertThat(seen(ring, 0)).containsExactly(large);
  }

  @Test
  void theRingGoesRound() {
    Ring ring = new Ring(new long[] {0}, 100, 1_000_000);
    for (int i = 0; i < 1_000; i++) {
      ring.add(Records.at(0, i, Integer.toString(i)));
    }
    assertThat(seen(ring, 0)).hasSize(100).startsWith("900").endsWith("999");
    assertThat(seen(ring, 997)).containsExactly("997", "998", "999");
    assertThat(ring.first()).containsExactly(900);
  }

  private static List<String> seen(Ring ring, long... from) {
    List<String> frames = new ArrayList<>();
    ring.visit(from, record -> frames.add(new String(record.frame())));
    return frames;
  }
}
