package dev.parley.presence.edge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.chassis.Tokens;
import dev.parley.contracts.Json;
import dev.parley.presence.Device;
import dev.parley.presence.RawSocket;
import dev.parley.presence.ServiceTest;
import dev.parley.presence.Timeline;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

@QuarkusTest
class BadPeersTest extends ServiceTest {
  @Inject MeterRegistry meters;

  @Test
  void whoDoesNotReadIsDroppedAndCatchesUpLaterAndTheOthersGoOn() throws IOException {
    Timeline group = Timeline.of(tenant, "ana", "ben");
    double before = slow();
    int count = 150;
    String large = " " + "x".repeat(8_000);
    try (Device ben = Device.of(tenant, "ben");
        RawSocket stuck = new RawSocket(Device.ticket(Tokens.user(tenant, "ben")))) {
      String cursor = Json.read(stuck.read().payload(), JsonNode.class).path("cursor").asText();
      List<String> sent = IntStream.range(0, count).mapToObj(i -> i + large).toList();
      // At the pace of who does read: on a busy machine that one must not count as slow too.
      for (int i = 0; i < count; i += 10) {
        sent.subList(i, i + 10).forEach(body -> group.message("ana", body));
        ben.awaitBody(sent.get(i + 9));
      }
      assertThat(ben.bodies()).containsExactlyElementsOf(sent);
      // It has read nothing since its hello: within 15 s it is out.
      Awaitility.await().atMost(Duration.ofSeconds(15)).until(() -> slow() == before + 1);
      assertThat(stuck.readToClose()).isEqualTo(4409);
      try (Device later = Device.resume(tenant, "ben", cursor)) {
        later.awaitBody(sent.get(count - 1));
        assertThat(later.bodies()).containsExactlyElementsOf(sent);
      }
    }
  }

  @Test
  void theCursorGoesWithThePing() throws IOException {
    Timeline others = Timeline.of(tenant, "zoe");
    try (RawSocket idle = new RawSocket(Device.ticket(Tokens.user(tenant, "ana")))) {
      RawSocket.Received before = idle.read();
      for (int pings = 0; pings < 2; pings++) {
        others.message("zoe", "of no concern to ana");
        RawSocket.Received frame = idle.read();
        while (!frame.isPing()) {
          before = frame;
          frame = idle.read();
        }
        assertThat(Json.read(before.payload(), JsonNode.class).path("cursor").asText())
            .isNotEmpty();
      }
    }
  }

  @Test
  void whoAnswersNoPingIsClosed() throws IOException {
    try (RawSocket silent = new RawSocket(Device.ticket(Tokens.user(tenant, "ana")))) {
      int pings = 0;
      RawSocket.Received frame = silent.read();
      while (frame.opcode() != 8) {
        pings += frame.isPing() ? 1 : 0;
        frame = silent.read();
      }
      assertThat(pings).isEqualTo(2);
      assertThat(java.nio.ByteBuffer.wrap(frame.payload()).getShort()).isEqualTo((short) 4408);
    }
  }

  private double slow() {
    return meters.counter("parley.edge.closed.slow").count();
  }
}
