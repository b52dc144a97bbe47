package dev.parley.system.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/**
 * Runs the benchmark. It fails when a message was lost or came twice; latencies and costs are
 * figures to read, since they are as good as the machine is quiet.
 */
class BenchIT {
  @Test
  void everyAcknowledgedMessageReachesEveryMemberOnce() {
    Settings settings = Settings.read();
    try (LocalStack stack = LocalStack.attach(settings.root());
        Bench bench = new Bench(settings, stack)) {
      Report report = bench.run();
      System.out.println(report.markdown());
      assertThat(report.medians())
          .allSatisfy(
              result -> {
                assertThat(result.counts()).containsEntry("missing", 0L);
                assertThat(result.counts()).containsEntry("duplicates", 0L);
                assertThat(result.counts()).containsEntry("failed", 0L);
              });
    }
  }
}
