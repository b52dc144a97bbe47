package dev.parley.presence.edge;

import dev.parley.chassis.consume.NodeReader;
import dev.parley.contracts.Topics;
import dev.parley.presence.LogReader;
import dev.parley.presence.LogRecord;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * The node's own reading of the timeline log: every partition, no group, from a little before its
 * end (to fill the ring) onwards. After a broken connection it goes on where it was.
 */
@ApplicationScoped
class Tail implements NodeReader.Reading {
  private static final Logger LOG = Logger.getLogger(Tail.class);
  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration PAUSE = Duration.ofMillis(250);

  /** The loops may be behind by so many records before the tail waits for them. */
  private static final int AHEAD = 20_000;

  private final String servers;
  private final NodeReader reader;
  private final EdgeConfig config;
  private final Shards shards;
  private final Scans scans;
  private final EdgeMeters meters;
  private final Clock clock;
  private volatile boolean ready;
  private long[] next;
  private long[] readyAt;

  Tail(
      @ConfigProperty(name = "kafka.bootstrap.servers") String servers,
      EdgeConfig config,
      Shards shards,
      Scans scans,
      EdgeMeters meters,
      Clock clock) {
    this.servers = servers;
    this.reader = new NodeReader("edge-tail", servers, PAUSE, this);
    this.config = config;
    this.shards = shards;
    this.scans = scans;
    this.meters = meters;
    this.clock = clock;
  }

  void start(@Observes @Priority(250) StartupEvent event) {
    reader.start();
  }

  void stop(@Observes ShutdownEvent event) throws InterruptedException {
    reader.stop();
  }

  /** Whether the ring is filled and what happens now is read. */
  boolean isReady() {
    return ready;
  }

  @Override
  public void begin(KafkaConsumer<String, byte[]> client)
      throws InterruptedException, ExecutionException, TimeoutException {
    List<TopicPartition> partitions = NodeReader.partitions(client, Topics.TIMELINE);
    if (next == null) {
      first(client, partitions);
    }
    client.assign(partitions);
    partitions.forEach(tp -> client.seek(tp, next[tp.partition()]));
  }

  private void first(KafkaConsumer<String, byte[]> client, List<TopicPartition> partitions)
      throws InterruptedException, ExecutionException, TimeoutException {
    UUID topic = topicId();
    Map<TopicPartition, Long> oldest = client.beginningOffsets(partitions);
    Map<TopicPartition, Long> ends = client.endOffsets(partitions);
    long[] first = new long[partitions.size()];
    long[] end = new long[first.length];
    long[] positions = new long[first.length];
    for (TopicPartition tp : partitions) {
      int p = tp.partition();
      first[p] = oldest.get(tp);
      end[p] = ends.get(tp);
      positions[p] = Math.max(first[p], end[p] - config.ringPrefill());
    }
    scans.first(first);
    shards.begin(new LogStart(topic, first, positions));
    next = positions.clone();
    readyAt = end;
  }

  @Override
  public void turn(KafkaConsumer<String, byte[]> client) {
    ConsumerRecords<String, byte[]> polled = client.poll(POLL);
    if (!polled.isEmpty()) {
      long nanos = System.nanoTime();
      long now = clock.millis();
      List<LogRecord> records = new ArrayList<>(polled.count());
      for (ConsumerRecord<String, byte[]> record : polled) {
        next[record.partition()] = record.offset() + 1;
        LogRecord read = read(record);
        if (read != null) {
          records.add(read);
          meters.consumed(read, now);
        }
      }
      shards.feed(new Batch(records, next.clone(), nanos));
      while (shards.waiting() > AHEAD && !reader.isStopped()) {
        reader.pause();
      }
    }
    ready = ready || isPast(readyAt);
  }

  private LogRecord read(ConsumerRecord<String, byte[]> record) {
    try {
      LogRecord read =
          LogReader.read(record.partition(), record.offset(), record.timestamp(), record.value());
      if (read.conversationId() != null) {
        return read;
      }
    } catch (UncheckedIOException | NullPointerException e) {
      LOG.debugf("unreadable: %s", e.getClass().getName());
    }
    meters.unreadable();
    LOG.errorf("%d@%d is no event of a conversation", record.partition(), record.offset());
    return null;
  }

  private boolean isPast(long[] offsets) {
    for (int p = 0; p < offsets.length; p++) {
      if (next[p] < offsets[p]) {
        return false;
      }
    }
    return true;
  }

  private UUID topicId() throws InterruptedException, ExecutionException, TimeoutException {
    String name = Topics.TIMELINE.name();
    try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, servers))) {
      var id =
          admin
              .describeTopics(List.of(name))
              .allTopicNames()
              .get(10, TimeUnit.SECONDS)
              .get(name)
              .topicId();
      return new UUID(id.getMostSignificantBits(), id.getLeastSignificantBits());
    }
  }
}
