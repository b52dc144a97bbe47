package dev.parley.chassis;

import dev.parley.contracts.Envelope;
import dev.parley.contracts.Json;
import dev.parley.contracts.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** The other services, as a test plays them: writes topics and reads what the service writes. */
public final class Wire {
  private static final Map<String, TopicTail> TAILS = new ConcurrentHashMap<>();
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

  /** Looks at the topic from its beginning until the records that fit are as many as asked for. */
  public static List<Envelope> await(
      Topic topic, int count, Duration atMost, Predicate<Envelope> fits) {
    TopicTail tail = TAILS.computeIfAbsent(topic.name(), TopicTail::new);
    List<Envelope> found = new ArrayList<>();
    long until = System.nanoTime() + atMost.toNanos();
    int next = 0;
    for (boolean last = false; ; ) {
      for (TopicTail.Entry entry : tail.from(next)) {
        next++;
        if (fits.test(entry.event())) {
          found.add(entry.event());
        }
        if (found.size() >= count) {
          return found;
        }
      }
      if (last) {
        throw new AssertionError(
            topic.name() + " has " + found.size() + " of " + count + " after " + atMost);
      }
      last = System.nanoTime() - until >= 0;
      if (last) {
        tail.readAll();
      } else {
        tail.readOn();
      }
    }
  }

  /** Everything on the topic now, raw. */
  public static List<ConsumerRecord<String, byte[]>> all(String topic) {
    TopicTail tail = TAILS.computeIfAbsent(topic, TopicTail::new);
    tail.readAll();
    return tail.from(0).stream().map(TopicTail.Entry::record).toList();
  }

  /** The events on the topic now that fit. */
  public static List<Envelope> now(Topic topic, Predicate<Envelope> fits) {
    TopicTail tail = TAILS.computeIfAbsent(topic.name(), TopicTail::new);
    tail.readAll();
    return tail.from(0).stream().map(TopicTail.Entry::event).filter(fits).toList();
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
