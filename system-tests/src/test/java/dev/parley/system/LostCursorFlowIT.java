package dev.parley.system;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/**
 * Whose cursor takes more than a node may read for it, or is older than the log, is told so, reads
 * anew, and has what somebody has who has just come ({@link ReplicaFlowIT} has all the events).
 */
@AloneWithStack
class LostCursorFlowIT {
  private static final long SEED = 3;
  private static final int ALL_KINDS = 42;
  private static final int AWAY = 16;
  private static final String NODE = "presence-service-2";
  private static final String LOG = "parley.timeline.events.v1";

  /** Nothing in memory, and next to nothing to be read for whoever was away. */
  private static final Map<String, String> SMALL =
      Map.of(
          "PARLEY_EDGE_RING_PREFILL", "0",
          "PARLEY_EDGE_RESUME_GUARANTEED", "PT0S",
          "PARLEY_EDGE_SCAN_RECORDS", "1");

  private final Stack stack;
  private final Tenant tenant;

  LostCursorFlowIT(Stack stack) {
    this.stack = stack;
    this.tenant = new Tenant(stack);
  }

  @Test
  void whoIsToldThatTheirPlaceIsLostHasInTheEndWhatAFreshClientHas() throws Exception {
    Person reader = tenant.person("reader");
    Doings doings = Doings.among(tenant, stack, reader, SEED);
    try (Follower tooMuch = new Follower(reader, List.of(), doings.own()::uploads);
        Follower tooOld = new Follower(reader, List.of(), doings.own()::uploads)) {
      for (Follower follower : List.of(tooMuch, tooOld)) {
        follower.load();
      }
      doings.go(ALL_KINDS);
      tooMuch.lose();
      tooOld.lose();
      Map<TopicPartition, Long> lost = ends();
      doings.go(AWAY);

      stack.restart(NODE, SMALL).join();
      readAnew(tooMuch, "over_budget", doings);
      tooMuch.assertFresh(); // before its node goes
      delete(lost);
      stack.asAll(NODE).join();
      readAnew(tooOld, "too_old", doings);

      tooOld.assertFresh();
    } finally {
      stack.asAll(NODE).join();
    }
  }

  /** While everything goes on. */
  private static void readAnew(Follower follower, String reason, Doings doings) {
    follower.comeBackTo(Edge.node(2), reason);
    CompletableFuture<Void> meanwhile = CompletableFuture.runAsync(() -> doings.go(AWAY));
    follower.load();
    meanwhile.join();
    follower.catchUp();
  }

  /** Where the log ends. */
  private static Map<TopicPartition, Long> ends() throws Exception {
    try (Admin admin = admin()) {
      int partitions =
          admin
              .describeTopics(List.of(LOG))
              .allTopicNames()
              .get(10, TimeUnit.SECONDS)
              .get(LOG)
              .partitions()
              .size();
      Map<TopicPartition, OffsetSpec> asked =
          IntStream.range(0, partitions)
              .mapToObj(n -> new TopicPartition(LOG, n))
              .collect(toMap(one -> one, one -> OffsetSpec.latest()));
      return admin.listOffsets(asked).all().get(10, TimeUnit.SECONDS).entrySet().stream()
          .collect(toMap(Map.Entry::getKey, one -> one.getValue().offset()));
    }
  }

  /** Deletes what was there, and one record more where there is one. */
  private static void delete(Map<TopicPartition, Long> upTo) throws Exception {
    Map<TopicPartition, Long> ends = ends();
    Map<TopicPartition, RecordsToDelete> first =
        upTo.entrySet().stream()
            .collect(
                toMap(
                    Map.Entry::getKey,
                    one ->
                        RecordsToDelete.beforeOffset(
                            Math.min(one.getValue() + 1, ends.get(one.getKey())))));
    assertThat(upTo).as("something happened meanwhile").isNotEqualTo(ends);
    try (Admin admin = admin()) {
      admin.deleteRecords(first).all().get(10, TimeUnit.SECONDS);
    }
  }

  private static Admin admin() {
    return Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, "127.0.0.1:19092"));
  }
}
