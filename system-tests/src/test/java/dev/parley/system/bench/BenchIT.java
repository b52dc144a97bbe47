package dev.parley.system.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Runs the benchmarks, or the one whose tag {@code bench.only} names. They fail when a message was
 * lost or came twice, or a call was refused; latencies and costs are figures to read, since they
 * are as good as the machine is quiet. They take longer than a flow may.
 */
@Timeout(value = 2, unit = TimeUnit.HOURS)
class BenchIT {
  @Test
  @Tag("messages")
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

  @Test
  @Tag("lists")
  void everyListOfWhoTakesPartInThousandsIsAnswered() {
    calls(ListBench::run);
  }

  @Test
  @Tag("channels")
  void everybodyJoinsALargeChannelAndIsHeardThere() {
    calls(ChannelBench::run);
  }

  @Test
  @Tag("sends")
  void sendsAreAcknowledgedAtARateAndAsFastAsOneConversationTakesThem() {
    calls(SendsBench::run);
  }

  @Test
  @Tag("pages")
  void everyPageOfALongConversationIsAnswered() {
    calls(PagesBench::run);
  }

  @Test
  @Tag("unread")
  void whatIsUnreadInThousandsOfConversationsIsAnswered() {
    calls(UnreadBench::run);
  }

  @Test
  @Tag("sockets")
  void socketsThatIdleDoNotReadOrComeBackAtOnceLoseNothing() {
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
