package dev.parley.presence.edge;

import dev.parley.contracts.Envelope;
import dev.parley.contracts.EventType;
import dev.parley.contracts.Json;
import dev.parley.contracts.Topic;
import dev.parley.contracts.Topics;
import dev.parley.contracts.event.SessionEnded;
import dev.parley.presence.Session;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
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
 * Tells what nobody must rely on: who types, which sockets have ended. One broker's ack, dropped
 * while the broker does not keep up. Sending may block for want of a broker, so it has a thread of
 * its own.
 */
@ApplicationScoped
class BestEffort {
  private static final Logger LOG = Logger.getLogger(BestEffort.class);
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
            Thread thread = new Thread(task, "edge-best-effort");
            thread.setDaemon(true);
            return thread;
          },
          new ThreadPoolExecutor.DiscardPolicy());
  private volatile KafkaProducer<String, byte[]> producer;

  BestEffort(@ConfigProperty(name = "kafka.bootstrap.servers") String servers) {
    this.servers = servers;
  }

  /** Tells all nodes who types, this one included. */
  void typing(Envelope event) {
    sender.execute(() -> send(Topics.TYPING, event.conversationId().toString(), event));
  }

  /** Tells that somebody's socket has ended: what depended on it need not wait. */
  void ended(Session session, String socket, Instant at) {
    Envelope event =
        Envelope.of(
            EventType.SESSION_ENDED,
            session.tenant(),
            null,
            session.actor(),
            at,
            new SessionEnded(session.id(), socket));
    sender.execute(() -> send(Topics.PRESENCE, session.id(), event));
  }

  /** What the going sockets leave behind is still told, for a second. */
  void stop(@Observes ShutdownEvent event) throws InterruptedException {
    sender.shutdown();
    sender.awaitTermination(1, TimeUnit.SECONDS);
    if (producer != null) {
      producer.close(Duration.ofSeconds(1));
    }
  }

  private void send(Topic topic, String key, Envelope event) {
    try {
      if (producer == null) {
        producer = connect();
      }
      ProducerRecord<String, byte[]> record =
          new ProducerRecord<>(topic.name(), key, Json.bytes(event));
      record.headers().add("ce_type", event.type().getBytes(StandardCharsets.UTF_8));
      producer.send(record);
    } catch (KafkaException e) {
      LOG.debugf("%s dropped: %s", event.type(), e.getClass().getName());
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
            ProducerConfig.LINGER_MS_CONFIG,
            0,
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
