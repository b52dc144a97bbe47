package dev.parley.presence.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.chassis.Tokens;
import dev.parley.presence.Device;
import dev.parley.presence.RawSocket;
import dev.parley.presence.ServiceTest;
import dev.parley.presence.Timeline;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.junit.jupiter.api.Test;

@QuarkusTest
class DrainTest extends ServiceTest {
  @Inject Shards shards;
  @Inject Tail tail;

  @Test
  void aGoingNodeIsNotReadyServesOnForTheDelayAndThenTellsEverybodyWhenToComeBack()
      throws IOException {
    Timeline group = Timeline.of(tenant, "ana", "ben");
    Drain drain = new Drain(shards, Duration.ofSeconds(2));
    TailReady ready = new TailReady(tail, drain);
    Awaitility.await()
        .atMost(SOON)
        .until(() -> ready.call().getStatus() == HealthCheckResponse.Status.UP);
    try (Device ben = Device.of(tenant, "ben");
        RawSocket silent = new RawSocket(Device.ticket(Tokens.user(tenant, "ana")))) {
      assertThat(silent.read().opcode()).isEqualTo(1);
      CompletableFuture<Void> going = CompletableFuture.runAsync(() -> announce(drain));
      Awaitility.await().atMost(SOON).until(drain::isGoing);
      assertThat(ready.call().getStatus()).isEqualTo(HealthCheckResponse.Status.DOWN);
      group.message("ana", "while it goes");
      ben.awaitBody("while it goes");
      assertThat(ben.closeCode(SOON)).isEqualTo(1012);
      assertThat(Integer.parseInt(ben.closeReason())).isBetween(0, 5_000);
      // Who does not answer the close is cut; then, and not before, the node may end.
      going.orTimeout(30, TimeUnit.SECONDS).join();
      assertThat(silent.readToClose()).isEqualTo(1012);
      try (Device back = Device.resume(tenant, "ben", ben.cursor())) {
        group.message("ana", "elsewhere");
        back.awaitBody("elsewhere");
      }
    }
  }

  private static void announce(Drain drain) {
    try {
      drain.announce(null);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
