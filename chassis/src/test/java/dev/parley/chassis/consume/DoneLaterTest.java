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
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/** What a consumer has taken and not done yet comes again when its node goes. */
@QuarkusTest
class DoneLaterTest extends ProbeTest {
  private static final Duration SOON = Duration.ofSeconds(30);

  @Inject Clock clock;
  @Inject Spans spans;

  @Test
  void whatIsNotDoneComesAgainAndWhatIsDoneDoesNot() {
    publish("first", 30);
    Reader lazy = new Reader(false);
    run(lazy, 30);

    Reader eager = new Reader(true);
    run(eager, 30);
    assertThat(eager.seen).isEqualTo(lazy.seen);

    publish("second", 30);
    Reader last = new Reader(true);
    run(last, 30);
    assertThat(last.seen).allMatch(key -> key.startsWith(tenant + "second"));
  }

  /** One node of the group: until it has taken that many, then it goes in an orderly way. */
  private void run(Reader reader, int count) {
    ConsumerLoop loop =
        new ConsumerLoop(
            reader,
            tenant,
            BackEnds.endpoint("KAFKA"),
            new Retries(clock),
            new SimpleMeterRegistry(),
            spans);
    loop.start();
    try {
      await().atMost(SOON).until(() -> reader.seen.size() >= count);
    } finally {
      loop.end();
      loop.awaitEnd();
    }
  }

  private void publish(String what, int count) {
    for (int i = 0; i < count; i++) {
      Wire.publish(
          Topics.SMS_INBOUND.name(), tenant + what + i, new byte[0], Map.of("ce_type", tenant));
    }
  }

  private final class Reader implements BatchConsumer {
    private final Set<String> seen = ConcurrentHashMap.newKeySet();
    private final boolean done;

    private Reader(boolean done) {
      this.done = done;
    }

    @Override
    public String name() {
      return "later";
    }

    @Override
    public Set<Topic> topics() {
      return Set.of(Topics.SMS_INBOUND);
    }

    @Override
    public Uni<Void> on(List<Received> batch) {
      batch.stream()
          .filter(record -> tenant.equals(record.type()))
          .map(Received::key)
          .forEach(seen::add);
      return Uni.createFrom().voidItem();
    }

    @Override
    public BooleanSupplier settled() {
      return () -> done;
    }
  }
}
