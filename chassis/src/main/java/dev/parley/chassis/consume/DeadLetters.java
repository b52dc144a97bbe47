package dev.parley.chassis.consume;

import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jboss.logging.Logger;

/**
 * Puts aside what a consumer cannot process: the record as it was, with its place and the kind of
 * failure as headers, on {@code <topic>.dlq.<service>}. Alert on {@code
 * parley.consumer.dead.letters}.
 */
final class DeadLetters {
  private static final Logger LOG = Logger.getLogger(DeadLetters.class);

  private final String service;
  private final String servers;
  private final MeterRegistry meters;
  private KafkaProducer<String, byte[]> producer;

  DeadLetters(String service, String servers, MeterRegistry meters) {
    this.service = service;
    this.servers = servers;
    this.meters = meters;
  }

  static String topic(String topic, String service) {
    return topic + ".dlq." + service;
  }

  /** Whether the broker has it; if not, it must be tried again. */
  boolean put(Received record, Throwable failure) throws InterruptedException {
    ProducerRecord<String, byte[]> letter =
        new ProducerRecord<>(topic(record.topic(), service), record.key(), record.record().value());
    record.record().headers().forEach(letter.headers()::add);
    header(letter, "dlq_topic", record.topic());
    header(letter, "dlq_partition", Integer.toString(record.partition()));
    header(letter, "dlq_offset", Long.toString(record.offset()));
    header(letter, "dlq_failure", failure.getClass().getName());
    try {
      producer().send(letter).get(10, TimeUnit.SECONDS);
      meters.counter("parley.consumer.dead.letters", "topic", record.topic()).increment();
      return true;
    } catch (ExecutionException | TimeoutException | RuntimeException e) {
      LOG.warnf("dead letter for %s not written: %s", record, e.getClass().getName());
      return false;
    }
  }

  void close() {
    if (producer != null) {
      producer.close(Duration.ofSeconds(2));
    }
  }

  private KafkaProducer<String, byte[]> producer() {
    if (producer == null) {
      producer = KafkaClients.producer(servers);
    }
    return producer;
  }

  private static void header(ProducerRecord<String, byte[]> letter, String name, String value) {
    letter.headers().add(name, value.getBytes(StandardCharsets.UTF_8));
  }
}
