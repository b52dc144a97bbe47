package dev.parley.chassis.consume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.chassis.BackEnds;
import dev.parley.chassis.ProbeTest;
import dev.parley.chassis.Wire;
import dev.parley.contracts.Topics;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

@QuarkusTest
class NodeReaderTest extends ProbeTest {
  private final List<String> seen = new CopyOnWriteArrayList<>();
  private final AtomicInteger begun = new AtomicInteger();
  private final AtomicInteger turns = new AtomicInteger();

  @Test
  void afterAFailureAnotherClientReadsOnUntilItIsStopped() throws InterruptedException {
    NodeReader reader =
        new NodeReader("test", BackEnds.endpoint("KAFKA"), Duration.ofMillis(50), reading());
    Wire.publish(Topics.TYPING.name(), tenant + "one", new byte[0], Map.of());
    reader.start();
    await().atMost(Duration.ofSeconds(20)).until(() -> seen.contains(tenant + "one"));

    assertThat(begun).hasValue(2);
    Wire.publish(Topics.TYPING.name(), tenant + "two", new byte[0], Map.of());
    await().atMost(Duration.ofSeconds(20)).until(() -> seen.contains(tenant + "two"));

    reader.stop();
    int before = turns.get();
    Wire.publish(Topics.TYPING.name(), tenant + "three", new byte[0], Map.of());
    assertThat(reader.isStopped()).isTrue();
    assertThat(turns).hasValue(before);
    assertThat(begun).hasValue(2);
  }

  /** From the beginning; the first turn fails. */
  private NodeReader.Reading reading() {
    return new NodeReader.Reading() {
      @Override
      public void begin(KafkaConsumer<String, byte[]> client) {
        List<TopicPartition> all = new ArrayList<>(NodeReader.partitions(client, Topics.TYPING));
        client.assign(all);
        client.seekToBeginning(all);
        begun.incrementAndGet();
      }

      @Override
      public void turn(KafkaConsumer<String, byte[]> client) {
        if (turns.incrementAndGet() == 1) {
          throw new IllegalStateException("the first time");
        }
        client.poll(Duration.ofMillis(200)).forEach(record -> seen.add(record.key()));
      }
    };
  }
}
