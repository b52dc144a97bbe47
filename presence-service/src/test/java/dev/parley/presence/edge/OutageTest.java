package dev.parley.presence.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.chassis.BackEnds;
import dev.parley.presence.Device;
import dev.parley.presence.ServiceTest;
import dev.parley.presence.Timeline;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

@QuarkusTest
class OutageTest extends ServiceTest {
  @Test
  void socketsOutliveTheBroker() {
    Timeline group = Timeline.of(tenant, "ana", "ben");
    try (Device ben = Device.of(tenant, "ben")) {
      group.message("ana", "before");
      ben.awaitBody("before");
      BackEnds.command("kill kafka");
      BackEnds.command("start kafka");
      group.message("ana", "after");
      Awaitility.await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(() -> assertThat(ben.bodies()).isEqualTo(List.of("before", "after")));
    }
  }
}
