package dev.parley.chassis.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.chassis.app.Things;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;

/** Threads that write numbered events over a few keys, and remember what was acknowledged. */
final class Writers {
  private static final Duration COMMIT_AT_MOST = Duration.ofSeconds(2);

  private final Things things;
  private final String tenant;
  private final int keys;
  private final Map<String, Long> acknowledged = new ConcurrentHashMap<>();

  Writers(Things things, String tenant, int keys) {
    this.things = things;
    this.tenant = tenant;
    this.keys = keys;
  }

  /** Writes; fails when a single commit does, or takes longer than two seconds. */
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
                    long n = things.next(tenant, key, Map.of()).await().atMost(COMMIT_AT_MOST);
                    acknowledged.merge(key, n, Math::max);
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

  /** Every acknowledged number is there, in order, none missing, none too many. */
  void assertInOrder(Map<String, List<Long>> published) {
    assertThat(published.keySet()).isEqualTo(acknowledged.keySet());
    acknowledged.forEach(
        (key, last) ->
            assertThat(published.get(key))
                .as(key)
                .isEqualTo(LongStream.rangeClosed(1, last).boxed().toList()));
  }
}
