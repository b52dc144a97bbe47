package dev.parley.chassis;

import dev.parley.contracts.Envelope;
import dev.parley.contracts.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * A topic from its beginning, in the order of each partition, read once however often and by
 * however many threads it is asked for.
 */
final class TopicTail {
  private static final Duration STEP = Duration.ofMillis(50);

  private final KafkaConsumer<String, byte[]> consumer;
  private final List<TopicPartition> partitions;
  private final List<Entry> read = new ArrayList<>();

  TopicTail(String topic) {
    consumer =
        new KafkaConsumer<>(
            Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                BackEnds.endpoint("KAFKA"),
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                "none"),
            new StringDeserializer(),
            new ByteArrayDeserializer());
    partitions =
        consumer.partitionsFor(topic).stream()
            .map(info -> new TopicPartition(topic, info.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
  }

  /** What has been read so far, from that place on. */
  synchronized List<Entry> from(int place) {
    return List.copyOf(read.subList(place, read.size()));
  }

  /** Reads what comes within a moment. */
  synchronized void readOn() {
    for (ConsumerRecord<String, byte[]> record : consumer.poll(STEP)) {
      read.add(new Entry(record));
    }
  }

  /** Reads up to what is the end now. */
  synchronized void readAll() {
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    while (ends.entrySet().stream().anyMatch(e -> consumer.position(e.getKey()) < e.getValue())) {
      readOn();
    }
  }

  /** A record, read as an event when it is first asked for one. */
  static final class Entry {
    private final ConsumerRecord<String, byte[]> record;
    private Envelope event;

    private Entry(ConsumerRecord<String, byte[]> record) {
      this.record = record;
    }

    ConsumerRecord<String, byte[]> record() {
      return record;
    }

    synchronized Envelope event() {
      if (event == null) {
        event = Json.read(record.value(), Envelope.class);
      }
      return event;
    }
  }
}
