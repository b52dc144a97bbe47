package dev.parley.presence.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class PortionsTest {
  private static final Duration SOON = Duration.ofSeconds(30);
  private final AtomicInteger ended = new AtomicInteger();

  @Test
  void theNextScanWaitsUntilHalfIsFree() {
    Portions portions = new Portions(100, SOON);
    Scans.Request ana = request(() -> {});
    Scans.Request ben = request(() -> {});
    assertThat(room(portions)).isCompletedWithValue(100L);
    Portions.Portion small = portions.hand(40, List.of(ana));
    assertThat(room(portions)).isCompletedWithValue(60L);
    Portions.Portion large = portions.hand(50, List.of(ana, ben));
    CompletableFuture<Long> next = CompletableFuture.supplyAsync(() -> await(portions));
    large.release(ana);
    large.release(ana);
    assertThat(next).isNotDone();
    large.release(ben);
    assertThat(join(next)).isEqualTo(60);
    small.release(ana);
    assertThat(room(portions)).isCompletedWithValue(100L);
  }

  @Test
  void whoeverHoldsTheOldestForSoLongThatOthersWaitIsEnded() {
    Portions portions = new Portions(100, Duration.ofMillis(50));
    Portions.Portion[] oldest = new Portions.Portion[1];
    Scans.Request[] slow = new Scans.Request[1];
    slow[0] =
        request(
            () -> {
              ended.incrementAndGet();
              // As a socket does: on another thread.
              CompletableFuture.runAsync(() -> oldest[0].release(slow[0]));
            });
    oldest[0] = portions.hand(60, List.of(slow[0]));
    portions.hand(40, List.of(request(() -> ended.addAndGet(100))));
    assertThat(join(CompletableFuture.supplyAsync(() -> await(portions)))).isEqualTo(60);
    Awaitility.await().atMost(SOON).untilAsserted(() -> assertThat(ended.get() % 100).isPositive());
    assertThat(ended).hasValueLessThan(100);
  }

  @Test
  void whatNobodyIsThereToTakeTakesNoRoom() {
    Portions portions = new Portions(100, SOON);
    portions.hand(1_000, List.of());
    assertThat(room(portions)).isCompletedWithValue(100L);
  }

  private static CompletableFuture<Long> room(Portions portions) {
    return CompletableFuture.completedFuture(await(portions));
  }

  private static long await(Portions portions) {
    try {
      return portions.awaitRoom();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static long join(CompletableFuture<Long> room) {
    return room.orTimeout(SOON.toSeconds(), TimeUnit.SECONDS).join();
  }

  private static Scans.Request request(Runnable tooSlow) {
    return new Scans.Request(
        new Bearings.Fix(new long[0], 0),
        new long[0],
        new Members.Subject("acme", "user", "ana"),
        Set.of(),
        () -> false,
        tooSlow,
        found -> {});
  }
}
