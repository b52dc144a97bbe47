package dev.parley.contracts.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DeliveryStatusTest {
  @Test
  void ranksGrowFromQueuedToRead() {
    assertThat(
            List.of(
                DeliveryStatus.QUEUED.rank(),
                DeliveryStatus.SENDING.rank(),
                DeliveryStatus.SENT.rank(),
                DeliveryStatus.DELIVERED.rank(),
                DeliveryStatus.READ.rank()))
        .isSorted()
        .doesNotHaveDuplicates();
  }

  @Test
  void failuresAreThreeAndGiveWayToNothingThatCameBefore() {
    List<DeliveryStatus> failures =
        Arrays.stream(DeliveryStatus.values()).filter(DeliveryStatus::isFailure).toList();

    assertThat(failures)
        .containsExactly(DeliveryStatus.BLOCKED, DeliveryStatus.FAILED, DeliveryStatus.UNDELIVERED);
    for (DeliveryStatus failure : failures) {
      assertThat(failure.givesWayTo(DeliveryStatus.QUEUED)).isFalse();
      assertThat(failure.givesWayTo(DeliveryStatus.SENDING)).isFalse();
      assertThat(failure.givesWayTo(DeliveryStatus.SENT)).isFalse();
      assertThat(failure.givesWayTo(DeliveryStatus.UNKNOWN)).isFalse();
    }
  }

  @Test
  void unknownGivesWayToEveryFinalAnswer() {
    assertThat(DeliveryStatus.UNKNOWN.givesWayTo(DeliveryStatus.DELIVERED)).isTrue();
    assertThat(DeliveryStatus.UNKNOWN.givesWayTo(DeliveryStatus.FAILED)).isTrue();
    assertThat(DeliveryStatus.UNKNOWN.givesWayTo(DeliveryStatus.SENT)).isFalse();
  }

  @Test
  void repeatedNewsChangesNothing() {
    for (DeliveryStatus status : DeliveryStatus.values()) {
      assertThat(status.givesWayTo(status)).isFalse();
    }
  }

  @Test
  void anyOrderOfCallbacksEndsTheSame() {
    Random random = new Random(7);
    for (int round = 0; round < 500; round++) {
      List<DeliveryStatus> callbacks = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        callbacks.add(DeliveryStatus.values()[random.nextInt(DeliveryStatus.values().length)]);
      }
      DeliveryStatus once = after(callbacks);
      Collections.shuffle(callbacks, random);
      callbacks.addAll(callbacks.subList(0, 2));
      assertThat(after(callbacks)).as(callbacks.toString()).isEqualTo(once);
    }
  }

  private static DeliveryStatus after(List<DeliveryStatus> callbacks) {
    DeliveryStatus now = DeliveryStatus.QUEUED;
    for (DeliveryStatus news : callbacks) {
      now = now.givesWayTo(news) ? news : now;
    }
    return now;
  }
}
