package dev.parley.presence.edge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.contracts.EventType;
import dev.parley.presence.Device;
import dev.parley.presence.EdgeSettings;
import dev.parley.presence.ServiceTest;
import dev.parley.presence.Session;
import dev.parley.presence.Timeline;
import dev.parley.presence.copy.MemberCopies;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Cursors that are older than the ring: what they cost, and what becomes of too much. */
@QuarkusTest
class ScansTest extends ServiceTest {
  @Inject MeterRegistry meters;
  @Inject EdgeMeters edgeMeters;
  @Inject EdgeConfig config;
  @Inject Scans scans;
  @Inject Shards shards;
  @Inject MemberCopies copies;

  @Test
  void fiveHundredThatWaitCostOneScan() {
    Timeline group = Timeline.of(tenant, "ana", "ben");
    long[] from = positions();
    settle(group);
    long[] to = positions();
    double before = count("parley.edge.scans");
    Queue<Scans.Found> answers = new ConcurrentLinkedQueue<>();
    for (int i = 0; i < 500; i++) {
      scans.request(request(new Bearings.Fix(from, now()), to, group, answers));
    }
    Awaitility.await().atMost(SOON).until(() -> answers.size() == 500);
    assertThat(count("parley.edge.scans") - before).isEqualTo(1);
    assertThat(answers)
        .allSatisfy(
            found -> {
              assertThat(found.refusal()).isNull();
              assertThat(found.reached()).containsExactly(to);
              assertThat(found.records())
                  .filteredOn(record -> record.type().equals(EventType.MESSAGE_CREATED))
                  .hasSize(1);
            });
    answers.forEach(found -> found.release().run());
  }

  @Test
  void moreThanMemoryHoldsComesInPortionsOnceAndInOrder() {
    Timeline group = Timeline.of(tenant, "ana", "ben");
    settle(group);
    String cursor = cursor(positions(), Duration.ZERO);
    List<String> missed = publish(group, 4 * EdgeSettings.SCAN_BYTES);
    noise();
    double before = count("parley.edge.scans");
    List<JsonNode> frames;
    try (Device ben = Device.resume(tenant, "ben", cursor)) {
      ben.awaitBody(missed.get(missed.size() - 1));
      group.message("ana", "live");
      ben.awaitBody("live");
      assertThat(ben.frames("resync_required")).isEmpty();
      List<String> expected = new ArrayList<>(missed);
      expected.add("live");
      assertThat(ben.bodies()).containsExactlyElementsOf(expected);
      frames = ben.frames();
    }
    assertThat(count("parley.edge.scans") - before).isGreaterThanOrEqualTo(3);

    // Whoever breaks off in the middle goes on from there.
    JsonNode second = frames.stream().filter(f -> isOf("cursor", f)).toList().get(1);
    int at = frames.indexOf(second);
    Set<String> all = new LinkedHashSet<>();
    frames.subList(0, at).stream().filter(ScansTest::isMessage).forEach(f -> all.add(body(f)));
    assertThat(all).hasSizeBetween(2, missed.size() - 2);
    try (Device ben = Device.resume(tenant, "ben", second.path("cursor").asText())) {
      ben.awaitBody("live");
      assertThat(ben.bodies()).doesNotContain(missed.get(0)).hasSizeLessThan(missed.size());
      all.addAll(ben.bodies());
    }
    assertThat(all).containsSequence(missed);
  }

  @Test
  void upToAnHourOldIsServedWhateverItTakesAndOlderIsRefusedOverBudget() {
    Timeline group = Timeline.of(tenant, "ana", "ben");
    settle(group);
    long[] from = positions();
    group.message("ana", "missed");
    noise();
    double refused = refused("over_budget");
    try (Device ben = Device.resume(tenant, "ben", cursor(from, Duration.ofMinutes(59)))) {
      ben.awaitBody("missed");
      assertThat(ben.frames("resync_required")).isEmpty();
    }
    assertThat(refused("over_budget")).isEqualTo(refused);
    try (Device ben = Device.resume(tenant, "ben", cursor(from, Duration.ofHours(2)))) {
      assertThat(ben.await("hello").path("resumed").asBoolean()).isTrue();
      assertThat(ben.await("resync_required").at("/data/reason").asText()).isEqualTo("over_budget");
      ben.await("cursor");
      group.message("ana", "live");
      ben.awaitBody("live");
      assertThat(ben.bodies()).containsExactly("live");
    }
    assertThat(refused("over_budget")).isEqualTo(refused + 1);
  }

  @Test
  void theOldestAreRefusedFirstAndTheOthersServed() {
    Timeline group = Timeline.of(tenant, "ana", "ben");
    long[] oldest = positions();
    noise();
    long[] older = positions();
    settle(group);
    long[] to = positions();
    Queue<Scans.Found> old = new ConcurrentLinkedQueue<>();
    Queue<Scans.Found> young = new ConcurrentLinkedQueue<>();
    scans.request(request(new Bearings.Fix(oldest, ago(Duration.ofHours(20))), to, group, old));
    scans.request(request(new Bearings.Fix(older, ago(Duration.ofHours(2))), to, group, young));
    scans.request(request(new Bearings.Fix(oldest, now()), to, group, young));
    Awaitility.await().atMost(SOON).until(() -> old.size() + young.size() == 3);
    assertThat(old).extracting(Scans.Found::refusal).containsExactly("over_budget");
    assertThat(young)
        .allSatisfy(
            found -> {
              assertThat(found.refusal()).isNull();
              assertThat(found.reached()).containsExactly(to);
            });
    young.forEach(found -> found.release().run());
  }

  @Test
  void whatIsDeletedFromTheLogMakesTheClientStartAnew() {
    Timeline group = Timeline.of(tenant, "ana", "ben");
    settle(group);
    long[] from = positions();
    group.message("ana", "deleted");
    settle(group);
    awaitCopied(group);
    long[] first = scans.first();
    try {
      scans.first(positions());
      try (Device ben = Device.resume(tenant, "ben", cursor(from, Duration.ZERO))) {
        assertThat(ben.await("hello").path("resumed").asBoolean()).isFalse();
        assertThat(ben.await("resync_required").at("/data/reason").asText()).isEqualTo("too_old");
        group.message("ana", "live");
        ben.awaitBody("live");
        assertThat(ben.bodies()).doesNotContain("deleted");
      }
    } finally {
      scans.first(first);
    }
    Queue<Scans.Found> answers = new ConcurrentLinkedQueue<>();
    long[] before = first.clone();
    before[0] = first[0] - 1;
    long[] to = positions();
    to[0] = Math.max(to[0], 1);
    scans.request(request(new Bearings.Fix(before, now()), to, group, answers));
    Awaitility.await().atMost(SOON).until(() -> !answers.isEmpty());
    assertThat(answers).extracting(Scans.Found::refusal).containsExactly("too_old");
  }

  @Test
  void whoeverCannotBeServedForWantOfTheBrokerIsToldSo() {
    Scans unserved = new Scans("nowhere", config, edgeMeters, Clock.systemUTC());
    Timeline group = Timeline.of(tenant, "ana", "ben");
    Queue<Scans.Found> answers = new ConcurrentLinkedQueue<>();
    unserved.request(request(new Bearings.Fix(positions(), now()), positions(), group, answers));
    Awaitility.await().atMost(SOON).until(() -> !answers.isEmpty());
    unserved.stop(null);
    assertThat(answers).extracting(Scans.Found::refusal).containsExactly("unavailable");
  }

  /** Ben has had everything up to now. */
  private void settle(Timeline group) {
    try (Device ben = Device.of(tenant, "ben")) {
      group.message("ana", "settled");
      ben.awaitBody("settled");
    }
  }

  /** The copy, too, knows that ben is in it: of what is deleted nothing is read any more. */
  private void awaitCopied(Timeline group) {
    Session ben = new Session(tenant, "user", "ben", "ben", null, false, Instant.MAX);
    Awaitility.await()
        .atMost(SOON)
        .until(
            () ->
                copies.snapshot(ben).await().atMost(SOON).memberships().stream()
                    .anyMatch(one -> one.conversationId().equals(group.id)));
  }

  /** More than the ring holds and more than may be read for old cursors, of no concern to ben. */
  private void noise() {
    Timeline others = Timeline.of(tenant, "zoe");
    try (Device zoe = Device.of(tenant, "zoe")) {
      int count = Math.max(EdgeSettings.RING, EdgeSettings.SCAN_RECORDS) + 10;
      for (int i = 0; i < count; i++) {
        others.message("zoe", "noise " + i);
      }
      zoe.awaitBody("noise " + (count - 1));
    }
  }

  private static List<String> publish(Timeline group, int bytes) {
    String large = " " + "x".repeat(16 * 1024);
    List<String> bodies =
        IntStream.range(0, bytes / large.length()).mapToObj(i -> "missed " + i + large).toList();
    bodies.forEach(body -> group.message("ana", body));
    return bodies;
  }

  private Scans.Request request(
      Bearings.Fix from, long[] to, Timeline group, Queue<Scans.Found> answers) {
    Members.Subject ben = new Members.Subject(tenant, "user", "ben");
    return new Scans.Request(from, to, ben, Set.of(group.id), () -> false, () -> {}, answers::add);
  }

  private String cursor(long[] positions, Duration age) {
    return onShard(shard -> shard.bearings.seal(new Bearings.Fix(positions, ago(age))));
  }

  private long[] positions() {
    return onShard(shard -> shard.positions().clone());
  }

  private <T> T onShard(Function<Shard, T> asked) {
    AtomicReference<T> told = new AtomicReference<>();
    shards.each(shard -> told.set(asked.apply(shard)));
    return Awaitility.await().atMost(SOON).until(told::get, value -> value != null);
  }

  private static long ago(Duration age) {
    return Instant.now().minus(age).toEpochMilli();
  }

  private static long now() {
    return ago(Duration.ZERO);
  }

  private double refused(String reason) {
    return meters.counter("parley.edge.resumes.refused", "reason", reason).count();
  }

  private double count(String name) {
    return meters.counter(name).count();
  }

  private static boolean isMessage(JsonNode frame) {
    return isOf("message.created", frame);
  }

  private static boolean isOf(String type, JsonNode frame) {
    return frame.path("type").asText().equals(type);
  }

  private static String body(JsonNode frame) {
    return frame.path("data").path("body").asText();
  }
}
