package dev.parley.presence.edge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.presence.Device;
import dev.parley.presence.ServiceTest;
import dev.parley.presence.Timeline;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/**
 * Sockets come and go while members are added and removed and messages flow: nobody gets a message
 * from outside of a membership, and nobody misses one from within.
 */
@QuarkusTest
class RaceTest extends ServiceTest {
  private static final int SESSIONS = 60;
  private static final Duration AT_MOST = Duration.ofSeconds(45);
  private static final List<String> TOGGLED = List.of("t0", "t1", "t2", "t3");

  /** For each message, in the log's order, who was a member when it was accepted. */
  private final List<Set<String>> accepted = new ArrayList<>();

  private final CountDownLatch done = new CountDownLatch(1);
  private final AtomicInteger sessions = new AtomicInteger();
  private final AtomicInteger resumes = new AtomicInteger();

  @Test
  void everybodyGetsExactlyWhatTheirMembershipsCover() {
    Timeline group = Timeline.of(tenant, "ana", "ben");
    List<CompletableFuture<Void>> devices = new ArrayList<>();
    for (String user : TOGGLED) {
      devices.add(CompletableFuture.runAsync(() -> comeAndGo(user)));
      devices.add(CompletableFuture.runAsync(() -> comeAndGo(user)));
    }
    devices.add(CompletableFuture.runAsync(() -> resumeAgain("ben")));
    publish(group, devices);
    done.countDown();
    devices.forEach(CompletableFuture::join);
    assertThat(sessions.get()).isGreaterThanOrEqualTo(SESSIONS);
    assertThat(resumes.get()).isGreaterThanOrEqualTo(5);
  }

  /** Until there were sessions enough, or somebody has failed. */
  private void publish(Timeline group, List<CompletableFuture<Void>> devices) {
    Instant end = Instant.now().plus(AT_MOST);
    Random random = new Random(7);
    Set<String> members = new HashSet<>(Set.of("ana", "ben"));
    while ((sessions.get() < SESSIONS || resumes.get() < 5)
        && Instant.now().isBefore(end)
        && devices.stream().noneMatch(CompletableFuture::isCompletedExceptionally)) {
      if (random.nextInt(5) == 0) {
        String user = TOGGLED.get(random.nextInt(TOGGLED.size()));
        if (members.remove(user)) {
          group.remove(user);
        } else {
          members.add(user);
          group.add(user, false);
        }
      } else {
        group.message("ana", "m");
        synchronized (accepted) {
          accepted.add(Set.copyOf(members));
        }
      }
    }
  }

  /** Opens sockets one after the other and holds each against the truth. */
  private void comeAndGo(String user) {
    Random random = new Random(user.hashCode());
    while (isGoingOn(0)) {
      try (Device device = Device.of(tenant, user)) {
        // One may be on its way that is not counted yet.
        int from = count() + 1;
        isGoingOn(50 + random.nextInt(300));
        Set<Long> expected = covered(user, from, count());
        Awaitility.await()
            .atMost(SOON)
            .untilAsserted(() -> assertThat(seqs(device)).containsAll(expected));
        List<Long> got = seqs(device);
        assertThat(got).isSorted().doesNotHaveDuplicates();
        Awaitility.await()
            .atMost(SOON)
            .until(() -> count() >= got.stream().mapToLong(s -> s).max().orElse(0));
        assertThat(covered(user, 0, count())).containsAll(got);
      }
      sessions.incrementAndGet();
    }
  }

  /** Loses its socket again and again and resumes; in the end nothing is missing. */
  private void resumeAgain(String user) {
    Random random = new Random(1);
    Map<String, Long> all = new LinkedHashMap<>();
    Device device = Device.of(tenant, user);
    int from = count() + 1;
    boolean last;
    do {
      last = !isGoingOn(100 + random.nextInt(300));
      if (last) {
        long end = count();
        Device now = device;
        Awaitility.await().atMost(SOON).until(() -> seqs(now).contains(end));
      }
      assertThat(seqs(device)).isSorted();
      device
          .frames("message.created")
          .forEach(frame -> all.putIfAbsent(frame.path("id").asText(), seq(frame)));
      String cursor = device.cursor();
      device.cut();
      if (!last) {
        isGoingOn(random.nextInt(3) == 0 ? 1_500 : 20);
        device = Device.resume(tenant, user, cursor);
        assertThat(device.await("hello").path("resumed").asBoolean()).isTrue();
        resumes.incrementAndGet();
      }
    } while (!last);
    List<Long> seqs = all.values().stream().filter(seq -> seq > from).toList();
    assertThat(seqs).isSorted().doesNotHaveDuplicates();
    assertThat(seqs).hasSize(count() - from);
  }

  /** The numbers from {@code from} (exclusive) to {@code to} that the user was a member at. */
  private Set<Long> covered(String user, int from, int to) {
    Set<Long> covered = new HashSet<>();
    synchronized (accepted) {
      for (int i = from; i < to; i++) {
        if (accepted.get(i).contains(user)) {
          covered.add(i + 1L);
        }
      }
    }
    return covered;
  }

  private int count() {
    synchronized (accepted) {
      return accepted.size();
    }
  }

  private boolean isGoingOn(long waitMs) {
    try {
      return !done.await(waitMs, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<Long> seqs(Device device) {
    return device.frames("message.created").stream().map(RaceTest::seq).toList();
  }

  private static long seq(JsonNode frame) {
    return frame.path("seq").asLong();
  }
}
