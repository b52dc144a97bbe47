package dev.parley.presence.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.chassis.Tokens;
import dev.parley.contracts.event.Visibility;
import dev.parley.presence.Device;
import dev.parley.presence.EdgeSettings;
import dev.parley.presence.ServiceTest;
import dev.parley.presence.Timeline;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ResumeTest extends ServiceTest {
  @Inject MeterRegistry meters;

  @Test
  void whatWasMissedComesOnceAndInOrderFromTheRing() {
    Timeline group = Timeline.of(tenant, "ana", "ben");
    String cursor = leave(group);
    double scans = scans();
    for (int i = 0; i < 20; i++) {
      group.message("ana", "missed " + i);
    }
    try (Device ben = Device.resume(tenant, "ben", cursor)) {
      assertThat(ben.await("hello").path("resumed").asBoolean()).isTrue();
      ben.awaitBody("missed 19");
      group.message("ana", "live");
      ben.awaitBody("live");
      assertThat(after(ben, "seen")).containsExactlyElementsOf(missed(20, "live"));
    }
    assertThat(scans()).isEqualTo(scans);
  }

  @Test
  void whatIsOlderThanTheRingComesFromKafkaOnceForAllWhoWait() {
    Timeline group = Timeline.of(tenant, "ana", "ben");
    Timeline others = Timeline.of(tenant, "zoe");
    String cursor = leave(group);
    int count = 40;
    for (int i = 0; i < count; i++) {
      group.message("ana", "missed " + i);
      for (int j = 0; j < EdgeSettings.RING / 20; j++) {
        others.message("zoe", "noise");
      }
    }
    double scans = scans();
    List<CompletableFuture<List<String>>> devices = new ArrayList<>();
    for (int d = 0; d < 4; d++) {
      devices.add(CompletableFuture.supplyAsync(() -> resumed(cursor, "missed " + (count - 1))));
    }
    devices.forEach(device -> assertThat(device.join()).containsExactlyElementsOf(missed(count)));
    assertThat(scans() - scans).isBetween(1.0, 2.0);
    try (Device ben = Device.resume(tenant, "ben", cursor)) {
      ben.awaitBody("missed " + (count - 1));
      group.message("ana", "live");
      ben.awaitBody("live");
      assertThat(after(ben, "seen")).containsExactlyElementsOf(missed(count, "live"));
    }
  }

  @Test
  void whatIsNoCursorOfOursMakesTheClientStartAnew() {
    Timeline group = Timeline.of(tenant, "ana", "ben");
    try (Device ben = Device.resume(tenant, "ben", "bm90IG91cnM")) {
      assertThat(ben.await("hello").path("resumed").asBoolean()).isFalse();
      assertThat(ben.await("resync_required").at("/data/reason").asText())
          .isEqualTo("unknown_cursor");
      group.message("ana", "live");
      ben.awaitBody("live");
    }
  }

  @Test
  void theCursorIsWhereAndNotWhat() {
    Timeline group = Timeline.of(tenant, "ana", "ben");
    Timeline theirs = Timeline.of(tenant, "eve");
    String cursor = leave(group);
    group.message("ana", "not for eve");
    theirs.message("eve", "for eve");
    try (Device eve = Device.resume(tenant, "eve", cursor)) {
      eve.awaitBody("for eve");
      assertThat(eve.bodies()).containsExactly("for eve");
    }
  }

  @Test
  void whoWasRemovedMeanwhileIsToldThatAlone() {
    Timeline group = Timeline.of(tenant, "ana", "ben");
    String cursor = leave(group);
    group.message("ana", "before");
    group.remove("ben");
    group.message("ana", "after");
    Timeline last = Timeline.of(tenant, "ben");
    last.message("ben", "end");
    try (Device ben = Device.resume(tenant, "ben", cursor)) {
      ben.awaitBody("end");
      assertThat(after(ben, "seen")).containsExactly("end");
      assertThat(ben.frames("member.removed")).hasSize(1);
    }
  }

  @Test
  void aNewcomerFromNowGetsNothingOlder() {
    Timeline group = Timeline.of(tenant, "ana");
    Timeline own = Timeline.of(tenant, "ben");
    String cursor = leave(own, "ben");
    group.message("ana", "before");
    group.add("ben", false);
    group.message("ana", "after");
    try (Device ben = Device.resume(tenant, "ben", cursor)) {
      ben.awaitBody("after");
      assertThat(after(ben, "seen")).containsExactly("after");
    }
  }

  @Test
  void aClientsReplayHasNoInternalNotes() {
    Timeline group = Timeline.withClient(tenant, "ana", "carl");
    String token = Tokens.of(tenant, "carl", Map.of("roles", "client"));
    Device first = Device.open(token, null);
    group.message("ana", "seen");
    first.awaitBody("seen");
    first.await("cursor");
    String cursor = first.cursor();
    first.close();
    group.message("ana", "note", Visibility.INTERNAL);
    group.message("ana", "answer");
    try (Device carl = Device.open(token, cursor)) {
      carl.awaitBody("answer");
      assertThat(after(carl, "seen")).containsExactly("answer");
    }
  }

  /** Ben's device sees one message, keeps its cursor and is cut off. */
  private String leave(Timeline group) {
    return leave(group, "ana");
  }

  private String leave(Timeline group, String author) {
    Device device = Device.of(tenant, "ben");
    group.message(author, "seen");
    device.awaitBody("seen");
    device.await("cursor");
    String cursor = device.cursor();
    device.cut();
    return cursor;
  }

  private List<String> resumed(String cursor, String last) {
    try (Device device = Device.resume(tenant, "ben", cursor)) {
      device.awaitBody(last);
      return after(device, "seen");
    }
  }

  /** The bodies without the one that may be repeated. */
  private static List<String> after(Device device, String seen) {
    return device.bodies().stream().filter(body -> !body.equals(seen)).toList();
  }

  private static List<String> missed(int count, String... more) {
    List<String> bodies =
        new ArrayList<>(IntStream.range(0, count).mapToObj(i -> "missed " + i).toList());
    bodies.addAll(List.of(more));
    return bodies;
  }

  private double scans() {
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> meters.find("parley.edge.scans").counter() != null);
    return meters.counter("parley.edge.scans").count();
  }
}
