package dev.parley.chassis;

import dev.parley.contracts.Envelope;
import dev.parley.contracts.Json;
import dev.parley.contracts.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** The other services, as a test plays them: writes topics and reads what the service writes. */
public final class Wire {
  private static KafkaProducer<String, byte[]> producer;

  private Wire() {}

  /** Publishes an event as its owner would; returns when the broker has it. */
  public static void publish(Topic topic, Envelope event) {
    publish(topic, event.conversationId().toString(), event);
  }

  /** Publishes an event under a key; returns when the broker has it. */
  public static void publish(Topic topic, String key, Envelope event) {
    ProducerRecord<String, byte[]> record =
        new ProducerRecord<>(topic.name(), key, Json.bytes(event));
    record.headers().add("ce_id", event.id().toString().getBytes(StandardCharsets.UTF_8));
    record.headers().add("ce_type", event.type().getBytes(StandardCharsets.UTF_8));
    send(record);
  }

  /** Publishes any value under a key; returns when the broker has it. */
  public static void publish(Topic topic, String key, Object value) {
    byte[] bytes =
        value instanceof String text
            ? text.getBytes(StandardCharsets.UTF_8)
            : value == null ? null : Json.bytes(value);
    send(new ProducerRecord<>(topic.name(), key, bytes));
  }

  /** Publishes bytes under a key, with headers; returns when the broker has them. */
  public static void publish(String topic, String key, byte[] value, Map<String, String> headers) {
    ProducerRecord<String, byte[]> record = new ProducerRecord<>(topic, key, value);
    headers.forEach(
        (name, text) -> record.headers().add(name, text.getBytes(StandardCharsets.UTF_8)));
    send(record);
  }

  /** Reads the topic from its beginning until the records that fit are as many as asked for. */
  public static List<Envelope> await(
      Topic topic, int count, Duration atMost, Predicate<Envelope> fits) {
    List<Envelope> found = new ArrayList<>();
    scan(
        topic.name(),
        atMost,
        record -> {
          Envelope event = Json.read(record.value(), Envelope.class);
          if (fits.test(event)) {
            found.add(event);
          }
          return found.size() >= count;
        });
    if (found.size() < count) {
      throw new AssertionError(
          topic.name() + " has " + found.size() + " of " + count + " after " + atMost);
    }
    return found;
  }

  /** Everything on the topic now, raw. */
  public static List<ConsumerRecord<String, byte[]>> all(String topic) {
    List<ConsumerRecord<String, byte[]>> found = new ArrayList<>();
    scan(topic, Duration.ZERO, record -> !found.add(record));
    return found;
  }

  /** Reads until the visitor says enough; with no time to wait, up to the present end. */
  private static void scan(
      String topic, Duration atMost, Predicate<ConsumerRecord<String, byte[]>> enough) {
    Instant until = Instant.now().plus(atMost);
    try (KafkaConsumer<String, byte[]> consumer =
        new KafkaConsumer<>(
            Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, BackEnds.endpoint("KAFKA")),
            new StringDeserializer(),
            new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(info -> new TopicPartition(topic, info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (Instant.now().isBefore(until)
          || ends.entrySet().stream().anyMatch(e -> consumer.position(e.getKey()) < e.getValue())) {
        for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(50))) {
          if (enough.test(record)) {
            return;
          }
        }
      }
    }
  }

  private static synchronized void send(ProducerRecord<String, byte[]> record) {
    if (producer == null) {
      producer =
          new KafkaProducer<>(
              Map.of(
                  ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                  BackEnds.endpoint("KAFKA"),
                  ProducerConfig.LINGER_MS_CONFIG,
                  0),
              new StringSerializer(),
              new ByteArraySerializer());
    }
    try {
      producer.send(record).get(10, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
