package dev.parley.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What was acknowledged is never lost and never twice, whoever dies meanwhile. */
@AloneWithStack
class CrashFlowIT {
  private static final int CONVERSATIONS = 20;
  private static final int EACH = 100;
  private static final int ALL = CONVERSATIONS * EACH;
  private static final long PACE_MS = 200;
  private static final Duration BROKER_AWAY = Duration.ofSeconds(10);
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private final Stack stack;
  private final Person author;
  private final Person reader;
  private final Person third;
  private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(24);

  CrashFlowIT(Stack stack) {
    this.stack = stack;
    Tenant tenant = new Tenant(stack);
    this.author = tenant.person("author");
    this.reader = tenant.person("reader");
    this.third = tenant.person("third");
  }

  @AfterEach
  void end() {
    timer.shutdownNow();
  }

  @Test
  void everyAcknowledgedMessageIsOnceInHistoryAndOnceOnTheSocketInOrder() {
    List<String> groups = groups(CONVERSATIONS);
    try (Tail tail = new Tail(reader, timer)) {
      List<Sender> senders = groups.stream().map(group -> sender(group, EACH)).toList();

      awaitAcknowledged(senders, ALL / 8);
      stack.kill("message-service");
      stack.kill("message-service-2");
      tail.cut();
      CompletableFuture.allOf(stack.restart("message-service"), stack.restart("message-service-2"))
          .join();

      int before = awaitAcknowledged(senders, acknowledged(senders) + ALL / 8);
      stack.kill("kafka");
      tail.cut();
      awaitPassed(BROKER_AWAY);
      int after = acknowledged(senders);
      stack.restart("kafka").join();

      assertThat(after - before).as("acknowledged without a broker").isGreaterThan(ALL / 10);
      senders.forEach(sender -> awaitDone(sender.done()));
      assertThat(senders.stream().mapToInt(Sender::refusals).sum())
          .as("attempts that had to be repeated")
          .isPositive();
      for (Sender sender : senders) {
        assertOnceInOrder(sender, tail);
      }
      assertThat(tail.hops()).isGreaterThanOrEqualTo(2);
      assertThat(tail.resumedAlways()).isTrue();
    }
  }

  @Test
  void socketsOfAKilledNodeGoOnAtTheOther() {
    List<String> groups = groups(4);
    List<Tail> devices = new ArrayList<>();
    try {
      IntStream.range(0, 6).forEach(n -> devices.add(new Tail(reader, timer)));
      List<Sender> senders = groups.stream().map(group -> sender(group, 50)).toList();

      awaitAcknowledged(senders, 40);
      stack.kill("presence-service-2");

      senders.forEach(sender -> awaitDone(sender.done()));
      for (Sender sender : senders) {
        devices.forEach(device -> assertOnceInOrder(sender, device));
      }
      assertThat(devices).anyMatch(device -> device.hops() > 0);
      assertThat(devices).allMatch(Tail::resumedAlways);
    } finally {
      devices.forEach(Tail::close);
      stack.restart("presence-service-2").join();
    }
  }

  private List<String> groups(int count) {
    return IntStream.range(0, count)
        .mapToObj(n -> author.group("Crash " + n, reader, third))
        .toList();
  }

  private Sender sender(String group, int count) {
    return new Sender(author, group, count).every(PACE_MS, timer);
  }

  private static int acknowledged(List<Sender> senders) {
    return senders.stream().mapToInt(sender -> sender.acknowledged().size()).sum();
  }

  private static int awaitAcknowledged(List<Sender> senders, int count) {
    await().atMost(PATIENCE).until(() -> acknowledged(senders) >= count);
    return acknowledged(senders);
  }

  private static void awaitPassed(Duration time) {
    long end = System.nanoTime() + time.toNanos();
    await().atMost(time.plusSeconds(5)).until(() -> System.nanoTime() > end);
  }

  private static void awaitDone(CompletableFuture<Void> done) {
    done.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
  }

  private void assertOnceInOrder(Sender sender, Tail tail) {
    List<String> sent = sender.acknowledged();
    JsonNode page = reader.history(sender.conversation()).is(200).json();
    assertThat(page.path("hasBefore").asBoolean()).isFalse();
    List<String> stored = new ArrayList<>();
    List<Long> places = new ArrayList<>();
    page.path("items")
        .forEach(
            item -> {
              stored.add(item.path("id").asText());
              places.add(item.path("seq").asLong());
            });
    assertThat(stored).as("history").isEqualTo(sent);
    assertThat(places).isEqualTo(LongStream.rangeClosed(1, sent.size()).boxed().toList());
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(tail.messages(sender.conversation()))
                    .as("socket")
                    .extracting(frame -> frame.data().path("id").asText())
                    .isEqualTo(sent));
  }
}
