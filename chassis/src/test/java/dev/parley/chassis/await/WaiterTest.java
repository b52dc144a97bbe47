package dev.parley.chassis.await;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.chassis.problem.Code;
import dev.parley.chassis.problem.Problem;
import dev.parley.contracts.Ids;
import io.smallrye.mutiny.Uni;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class WaiterTest {
  private static final Clock CLOCK = Clock.systemUTC();

  private final Waiter waiter = new Waiter(CLOCK);

  /** Never gives up, however long this machine stalls. */
  private final Waiter patient = new Waiter(Clock.fixed(CLOCK.instant(), ZoneOffset.UTC));

  private final AtomicReference<String> copy = new AtomicReference<>();
  private final AtomicInteger looks = new AtomicInteger();

  @Test
  void whatIsThereIsAnsweredAtOnce() {
    copy.set("here");

    assertThat(visible(Ids.next())).isEqualTo("here");
    assertThat(looks.get()).isOne();
  }

  @Test
  void anArrivalWakesWhoWaits() throws Exception {
    UUID id = Ids.next();
    CompletableFuture<String> answer = later(id);
    // Behind the sixth look the next one would come 800 ms later.
    awaitLooks(6);
    long woken = System.nanoTime();
    copy.set("here");
    patient.arrived(id);

    assertThat(answer.get(5, TimeUnit.SECONDS)).isEqualTo("here");
    assertThat(Duration.ofNanos(System.nanoTime() - woken)).isLessThan(Duration.ofMillis(600));
  }

  @Test
  void anArrivalOfAnotherWakesNobody() throws Exception {
    CompletableFuture<String> answer = later(Ids.next());
    awaitLooks(4);
    patient.arrived(Ids.next());

    assertThat(looks.get()).isEqualTo(4);
    copy.set("here");
    assertThat(answer.get(5, TimeUnit.SECONDS)).isEqualTo("here");
  }

  @Test
  void whatArrivedAtAnotherNodeIsSeenByALaterLook() throws Exception {
    CompletableFuture<String> answer = later(Ids.next());
    awaitLooks(2);
    copy.set("here");

    assertThat(answer.get(5, TimeUnit.SECONDS)).isEqualTo("here");
    assertThat(looks.get()).isBetween(3, 6);
  }

  @Test
  void aYoungIdIsWaitedForOneSecondAndThen404() {
    long began = System.nanoTime();

    assertThatThrownBy(() -> visible(Ids.next())).satisfies(WaiterTest::isNotFound);

    assertThat(Duration.ofNanos(System.nanoTime() - began))
        .isBetween(Duration.ofMillis(990), Duration.ofSeconds(5));
    assertThat(looks.get()).isBetween(2, 7); // fewer where the machine is busy
  }

  @Test
  void whenLessThanAMillisecondIsLeftTheLookThatWasDecides() {
    Instant began = CLOCK.instant();
    Iterator<Instant> times = List.of(began, began.plusNanos(999_500_000)).iterator();
    Waiter late =
        new Waiter(
            new Clock() {
              @Override
              public ZoneId getZone() {
                return ZoneOffset.UTC;
              }

              @Override
              public Clock withZone(ZoneId zone) {
                return this;
              }

              @Override
              public Instant instant() {
                return times.next();
              }
            });

    Optional<String> found =
        late.await(
                "key",
                () -> {
                  looks.incrementAndGet();
                  return Uni.createFrom().item(Optional.<String>empty());
                })
            .await()
            .atMost(Duration.ofSeconds(5));

    assertThat(found).isEmpty();
    assertThat(looks.get()).isOne();
  }

  @Test
  void anOldIdAndOneThatIsNotOursAre404AtOnce() {
    UUID old = new UUID((CLOCK.millis() - 11_000) << 16 | 0x7000, 0x8000L << 48);
    for (UUID id : new UUID[] {old, UUID.nameUUIDFromBytes(new byte[1]), new UUID(1, 2)}) {
      looks.set(0);
      assertThatThrownBy(() -> visible(id)).satisfies(WaiterTest::isNotFound);
      assertThat(looks.get()).isOne();
    }
  }

  @Test
  void manyWaitForOneAndAllAreWoken() throws Exception {
    UUID id = Ids.next();
    CompletableFuture<String> one = later(id);
    CompletableFuture<String> other = later(id);
    awaitLooks(4);
    copy.set("here");
    patient.arrived(java.util.List.of(Ids.next(), id));

    assertThat(one.get(5, TimeUnit.SECONDS)).isEqualTo("here");
    assertThat(other.get(5, TimeUnit.SECONDS)).isEqualTo("here");
  }

  private static void isNotFound(Throwable failure) {
    assertThat(((Problem) failure).code()).isEqualTo(Code.NOT_FOUND);
  }

  private void awaitLooks(int count) {
    org.awaitility.Awaitility.await()
        .pollInterval(Duration.ofMillis(2))
        .atMost(Duration.ofSeconds(5))
        .until(() -> looks.get() >= count);
  }

  private String visible(UUID id) {
    return waiter.visible(id, this::look).await().atMost(Duration.ofSeconds(5));
  }

  private CompletableFuture<String> later(UUID id) {
    return patient.visible(id, this::look).subscribeAsCompletionStage();
  }

  private Uni<Optional<String>> look() {
    looks.incrementAndGet();
    return Uni.createFrom().item(Optional.ofNullable(copy.get()));
  }
}
