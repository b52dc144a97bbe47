package dev.parley.chassis.consume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.chassis.BackEnds;
import dev.parley.chassis.ProbeTest;
import dev.parley.chassis.Wire;
import dev.parley.chassis.observe.Spans;
import dev.parley.contracts.Topic;
import dev.parley.contracts.Topics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Nodes come and go while a consumer waits for its database. */
@QuarkusTest
class RebalanceTest extends ProbeTest {
  @Inject Clock clock;
  @Inject Spans spans;

  @Test
  void whatComesWithAnotherNodesPartitionsDuringAWaitIsNotLost() {
    Reader stays = new Reader();
    Reader goes = new Reader();
    ConsumerLoop staying = loop(stays);
    ConsumerLoop going = loop(goes);
    staying.start();
    going.start();
    await().atMost(Duration.ofSeconds(20)).until(() -> staying.assigned() && going.assigned());
    publish("early", 60);
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> stays.waits.get() > 0 && goes.waits.get() > 0);

    going.end();
    going.awaitEnd();
    publish("late", 60);
    int before = stays.waits.get();
    await().atMost(Duration.ofSeconds(20)).until(() -> stays.waits.get() > before + 1);
    stays.ready = true;

    try {
      await().atMost(Duration.ofSeconds(20)).until(() -> stays.seen.size() == 120);
    } finally {
      staying.end();
      staying.awaitEnd();
    }
    assertThat(goes.seen).isEmpty();
  }

  private void publish(String what, int count) {
    for (int i = 0; i < count; i++) {
      Wire.publish(
          Topics.SMS_INBOUND.name(), tenant + what + i, new byte[0], Map.of("ce_type", tenant));
    }
  }

  private ConsumerLoop loop(Reader reader) {
    return new ConsumerLoop(
        reader,
        tenant,
        BackEnds.endpoint("KAFKA"),
        new Retries(clock),
        new SimpleMeterRegistry(),
        spans);
  }

  private final class Reader implements BatchConsumer {
    private final Set<String> seen = ConcurrentHashMap.newKeySet();
    private final AtomicInteger waits = new AtomicInteger();
    private volatile boolean ready;

    @Override
    public String name() {
      return "reader";
    }

    @Override
    public Set<Topic> topics() {
      return Set.of(Topics.SMS_INBOUND);
    }

    @Override
    public Uni<Void> on(List<Received> batch) {
      List<String> ours =
          batch.stream().filter(record -> tenant.equals(record.type())).map(Received::key).toList();
      if (!ours.isEmpty() && !ready) {
        waits.incrementAndGet();
        throw new UncheckedIOException(new IOException("the database is away"));
      }
      seen.addAll(ours);
      return Uni.createFrom().voidItem();
    }
  }
}
