package dev.parley.system.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Set;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;

/**
 * Runs the benchmarks, or the one that {@code bench.only} names. They fail when a message was lost
 * or came twice, or a call was refused; latencies and costs are figures to read, since they are as
 * good as the machine is quiet.
 */
class BenchIT {
  @Test
  void everyAcknowledgedMessageReachesEveryMemberOnce() {
    assumeTrue(Settings.wants("messages"));
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

  @Test
  void everyListOfWhoTakesPartInThousandsIsAnswered() {
    assumeTrue(Settings.wants("lists"));
    calls(ListBench::run);
  }

  @Test
  void everybodyJoinsALargeChannelAndIsHeardThere() {
    assumeTrue(Settings.wants("channels"));
    calls(ChannelBench::run);
  }

  @Test
  void sendsAreAcknowledgedAtARateAndAsFastAsOneConversationTakesThem() {
    assumeTrue(Settings.wants("sends"));
    calls(SendsBench::run);
  }

  @Test
  void everyPageOfALongConversationIsAnswered() {
    assumeTrue(Settings.wants("pages"));
    calls(PagesBench::run);
  }

  @Test
  void whatIsUnreadInThousandsOfConversationsIsAnswered() {
    assumeTrue(Settings.wants("unread"));
    calls(UnreadBench::run);
  }

  @Test
  void socketsThatIdleDoNotReadOrComeBackAtOnceLoseNothing() {
    assumeTrue(Settings.wants("sockets"));
    Settings settings = Settings.read();
    try (LocalStack stack = LocalStack.attach(settings.root());
        SocketsBench bench = new SocketsBench(settings, stack)) {
      bench.slowReaders();
      bench.idleSockets();
      bench.allAtOnce();
      System.out.println(bench.markdown());
      assertThat(bench.missing()).isZero();
    }
  }

  private static void calls(BiFunction<Settings, LocalStack, CallReport> bench) {
    Settings settings = Settings.read();
    try (LocalStack stack = LocalStack.attach(settings.root())) {
      CallReport report = bench.apply(settings, stack);
      System.out.println(report.markdown());
      assertThat(report.statuses().keySet()).isSubsetOf(Set.of(200, 201, 202));
    }
  }
}
