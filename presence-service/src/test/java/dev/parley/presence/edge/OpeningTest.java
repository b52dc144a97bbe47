package dev.parley.presence.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.chassis.Tokens;
import dev.parley.chassis.tx.Tx;
import dev.parley.contracts.Topics;
import dev.parley.presence.Device;
import dev.parley.presence.ServiceTest;
import dev.parley.presence.Timeline;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.utils.Utils;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

@QuarkusTest
class OpeningTest extends ServiceTest {
  @Inject Tx tx;

  @Test
  void aSocketWaitsUntilTheTailHasReachedTheCopy() {
    Timeline group = Timeline.of(tenant, "ana", "ben");
    try (Device ana = Device.of(tenant, "ana")) {
      group.message("ana", "settled");
      ana.awaitBody("settled");
      Awaitility.await().atMost(SOON).until(() -> copied("ben"));
      int partition =
          Utils.toPositive(Utils.murmur2(group.id.toString().getBytes(StandardCharsets.UTF_8)))
              % Topics.LOCAL_PARTITIONS;
      // Two seconds later the consumer has written its own position, and stays quiet.
      awaitQuiet(partition);
      run(
          "update copy_position set next_offset = next_offset + 1 where partition_id = $1",
          partition);
      String token = Tokens.user(tenant, "ben");
      CompletableFuture<Device> opening =
          CompletableFuture.supplyAsync(() -> Device.open(token, null));
      Awaitility.await().during(Duration.ofMillis(600)).atMost(SOON).until(() -> !opening.isDone());
      group.message("ana", "what the copy had seen");
      try (Device ben = opening.orTimeout(10, java.util.concurrent.TimeUnit.SECONDS).join()) {
        group.message("ana", "live");
        ben.awaitBody("live");
        assertThat(ben.bodies()).containsExactly("live");
      }
    }
  }

  private boolean copied(String user) {
    return tx.read(
            "select granted from member_copy where tenant = $1 and id = $2", Tuple.of(tenant, user))
        .await()
        .atMost(SOON)
        .iterator()
        .hasNext();
  }

  /** Until the position has been the same for longer than it takes to be written. */
  private void awaitQuiet(int partition) {
    long[] last = {-1};
    Awaitility.await()
        .pollInterval(Duration.ofMillis(1_300))
        .atMost(SOON)
        .until(
            () -> {
              long before = last[0];
              last[0] =
                  tx.read(
                          "select next_offset from copy_position where partition_id = $1",
                          Tuple.of(partition))
                      .await()
                      .atMost(SOON)
                      .iterator()
                      .next()
                      .getLong(0);
              return before == last[0];
            });
  }

  private void run(String sql, int partition) {
    tx.read(sql, Tuple.of(partition)).await().atMost(SOON);
  }
}
