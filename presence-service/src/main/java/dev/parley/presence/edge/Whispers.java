package dev.parley.presence.edge;

import dev.parley.chassis.consume.NodeReader;
import dev.parley.contracts.Envelope;
import dev.parley.contracts.EventType;
import dev.parley.contracts.Json;
import dev.parley.contracts.Topics;
import dev.parley.presence.LogReader;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Typing and presence, from their topics to this node's sockets: from the end on, never replayed.
 */
@ApplicationScoped
class Whispers implements NodeReader.Reading {
  private static final Logger LOG = Logger.getLogger(Whispers.class);
  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration PAUSE = Duration.ofMillis(500);

  private final NodeReader reader;
  private final Shards shards;

  Whispers(@ConfigProperty(name = "kafka.bootstrap.servers") String servers, Shards shards) {
    this.reader = new NodeReader("edge-whispers", servers, PAUSE, this);
    this.shards = shards;
  }

  void start(@Observes @Priority(260) StartupEvent event) {
    reader.start();
  }

  void stop(@Observes ShutdownEvent event) throws InterruptedException {
    reader.stop();
  }

  @Override
  public void begin(KafkaConsumer<String, byte[]> client) {
    List<TopicPartition> partitions = new ArrayList<>();
    partitions.addAll(NodeReader.partitions(client, Topics.TYPING));
    partitions.addAll(NodeReader.partitions(client, Topics.PRESENCE));
    client.assign(partitions);
    client.seekToEnd(partitions);
  }

  @Override
  public void turn(KafkaConsumer<String, byte[]> client) {
    List<Consumer<Shard>> tasks = new ArrayList<>();
    for (ConsumerRecord<String, byte[]> record : client.poll(POLL)) {
      Consumer<Shard> task = task(record);
      if (task != null) {
        tasks.add(task);
      }
    }
    if (!tasks.isEmpty()) {
      shards.each(shard -> tasks.forEach(task -> task.accept(shard)));
    }
  }

  private static Consumer<Shard> task(ConsumerRecord<String, byte[]> record) {
    try {
      if (record.topic().equals(Topics.TYPING.name())) {
        Envelope event = Json.read(record.value(), Envelope.class);
        return shard -> shard.typings.take(event);
      }
      var event =
          LogReader.read(record.partition(), record.offset(), record.timestamp(), record.value());
      return event.type().equals(EventType.PRESENCE_CHANGED)
          ? shard -> shard.watching.changed(event.tenant(), record.key(), event.frame())
          : null;
    } catch (RuntimeException e) {
      LOG.debugf("unreadable: %s", e.getClass().getName());
      return null;
    }
  }
}
