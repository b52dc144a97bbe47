package dev.parley.chassis.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.chassis.app.Things;
import dev.parley.chassis.problem.Outages;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;

/**
 * Threads that write numbered events over a few keys. What was committed is told by the rows that
 * hand out the numbers: a commit whose answer was lost counts too.
 */
final class Writers {
  private static final Duration COMMIT_AT_MOST = Duration.ofSeconds(2);

  private final Things things;
  private final String tenant;
  private final int keys;

  Writers(Things things, String tenant, int keys) {
    this.things = things;
    this.tenant = tenant;
    this.keys = keys;
  }

  /**
   * Writes; fails when a single commit takes longer than two seconds, or fails for another reason
   * than a lost connection, which is tried again.
   */
  void write(int threads, int each, Runnable afterEach) throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<Future<?>> all = new ArrayList<>();
      for (int thread = 0; thread < threads; thread++) {
        int from = thread;
        all.add(
            pool.submit(
                () -> {
                  for (int i = 0; i < each; i++) {
                    String key = "k" + (from + i) % keys;
                    things
                        .next(tenant, key, Map.of())
                        .onFailure(Outages::isOutage)
                        .retry()
                        .withBackOff(Duration.ofMillis(5), Duration.ofMillis(50))
                        .atMost(20)
                        .await()
                        .atMost(COMMIT_AT_MOST);
                    afterEach.run();
                  }
                }));
      }
      for (Future<?> one : all) {
        one.get();
      }
    } finally {
      pool.shutdown();
    }
  }

  /** How many events were committed. */
  int committed() {
    return committedByKey().values().stream().mapToInt(Long::intValue).sum();
  }

  /** Every committed number is there, in order, none missing, none too many. */
  void assertInOrder(Map<String, List<Long>> published) {
    Map<String, Long> committed = committedByKey();
    assertThat(published.keySet()).isEqualTo(committed.keySet());
    committed.forEach(
        (key, last) ->
            assertThat(published.get(key))
                .as(key)
                .isEqualTo(LongStream.rangeClosed(1, last).boxed().toList()));
  }

  private Map<String, Long> committedByKey() {
    return things.numbers(tenant).await().atMost(Duration.ofSeconds(30));
  }
}
