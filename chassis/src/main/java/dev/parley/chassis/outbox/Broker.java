package dev.parley.chassis.outbox;

import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * The service's one durable producer: acks of all in-sync replicas, idempotent, in the order given.
 *
 * <p>{@code send} of the Kafka client may block while it knows no broker, so it runs on a thread of
 * its own and never on an event loop.
 */
@ApplicationScoped
public class Broker {
  private final String servers;
  private volatile KafkaProducer<String, byte[]> producer;
  private final ExecutorService sender =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread thread = new Thread(task, "outbox-sender");
            thread.setDaemon(true);
            return thread;
          });

  Broker(@ConfigProperty(name = "kafka.bootstrap.servers") String servers) {
    this.servers = servers;
  }

  /**
   * Sends all, pipelined and in order. As soon as one is known to have failed, those behind it are
   * not sent any more: with no broker known each would block for seconds, and what comes after
   * could overtake what failed.
   *
   * @return for each record null when the broker has it, else why not; after a failure those behind
   *     it may have arrived all the same
   */
  public Uni<List<Exception>> send(List<ProducerRecord<String, byte[]>> records) {
    return Uni.createFrom()
        .emitter(
            emitter ->
                sender.execute(
                    () -> {
                      List<CompletableFuture<Exception>> acks = sendAll(records);
                      CompletableFuture.allOf(acks.toArray(CompletableFuture[]::new))
                          .thenRun(
                              () ->
                                  emitter.complete(
                                      acks.stream().map(CompletableFuture::join).toList()));
                    }));
  }

  /** Whether sending the record again can never help. */
  static boolean isHopeless(Exception failure) {
    return failure instanceof RecordTooLargeException || failure instanceof SerializationException;
  }

  private List<CompletableFuture<Exception>> sendAll(List<ProducerRecord<String, byte[]>> records) {
    List<CompletableFuture<Exception>> acks = new ArrayList<>(records.size());
    AtomicReference<Exception> refused = new AtomicReference<>();
    for (ProducerRecord<String, byte[]> record : records) {
      CompletableFuture<Exception> ack = new CompletableFuture<>();
      acks.add(ack);
      if (refused.get() != null) {
        ack.complete(refused.get());
        continue;
      }
      try {
        producer().send(record, (metadata, failure) -> settle(ack, failure, refused));
      } catch (RuntimeException failure) {
        settle(ack, failure, refused);
      }
    }
    return acks;
  }

  private static void settle(
      CompletableFuture<Exception> ack, Exception failure, AtomicReference<Exception> refused) {
    if (failure != null && !isHopeless(failure)) {
      refused.compareAndSet(null, failure);
    }
    ack.complete(failure);
  }

  private KafkaProducer<String, byte[]> producer() {
    if (producer == null) {
      producer =
          new KafkaProducer<>(
              Map.of(
                  ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, servers,
                  ProducerConfig.ACKS_CONFIG, "all",
                  ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true,
                  ProducerConfig.LINGER_MS_CONFIG, 0,
                  ProducerConfig.MAX_BLOCK_MS_CONFIG, 5_000,
                  ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000,
                  ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 10_000,
                  ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 500,
                  ProducerConfig.MAX_REQUEST_SIZE_CONFIG, 900_000),
              new StringSerializer(),
              new ByteArraySerializer());
    }
    return producer;
  }

  void stop(@Observes ShutdownEvent event) {
    sender.shutdown();
    if (producer != null) {
      producer.close(Duration.ofSeconds(2));
    }
  }
}
