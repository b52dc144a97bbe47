package dev.parley.presence.edge;

import dev.parley.contracts.Envelope;
import dev.parley.contracts.Json;
import dev.parley.contracts.Topics;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Tells all nodes who types. Best effort: one broker's ack, dropped while the broker does not keep
 * up. Sending may block for want of a broker, so it has a thread of its own.
 */
@ApplicationScoped
class TypingTopic {
  private static final Logger LOG = Logger.getLogger(TypingTopic.class);
  private static final int WAITING = 1_000;

  private final String servers;
  private final ThreadPoolExecutor sender =
      new ThreadPoolExecutor(
          1,
          1,
          0,
          TimeUnit.SECONDS,
          new ArrayBlockingQueue<>(WAITING),
          task -> {
            Thread thread = new Thread(task, "edge-typing");
            thread.setDaemon(true);
            return thread;
          },
          new ThreadPoolExecutor.DiscardPolicy());
  private volatile KafkaProducer<String, byte[]> producer;

  TypingTopic(@ConfigProperty(name = "kafka.bootstrap.servers") String servers) {
    this.servers = servers;
  }

  /** Tells all nodes, this one included. */
  void publish(Envelope event) {
    sender.execute(() -> send(event));
  }

  void stop(@Observes ShutdownEvent event) {
    sender.shutdownNow();
    if (producer != null) {
      producer.close(Duration.ofSeconds(1));
    }
  }

  private void send(Envelope event) {
    try {
      if (producer == null) {
        producer = connect();
      }
      producer.send(
          new ProducerRecord<>(
              Topics.TYPING.name(), event.conversationId().toString(), Json.bytes(event)));
    } catch (KafkaException e) {
      LOG.debugf("typing dropped: %s", e.getClass().getName());
    }
  }

  private KafkaProducer<String, byte[]> connect() {
    return new KafkaProducer<>(
        Map.of(
            ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
            servers,
            ProducerConfig.ACKS_CONFIG,
            "1",
            ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
            false,
            ProducerConfig.MAX_BLOCK_MS_CONFIG,
            2_000,
            ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
            3_000,
            ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
            5_000),
        new StringSerializer(),
        new ByteArraySerializer());
  }
}
