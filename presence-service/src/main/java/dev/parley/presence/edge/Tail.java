package dev.parley.presence.edge;

import dev.parley.chassis.consume.NodeReader;
import dev.parley.contracts.Topic;
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
import org.apache.kafka.common.Uuid;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * The node's own reading of all that sockets are served from ({@link Lanes}): every partition, no
 * group, from a little before its end (to fill the ring) onwards. After a broken connection it goes
 * on where it was.
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
  private Lanes lanes;
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
    lanes = new Lanes(client);
    if (next == null) {
      first(client);
    }
    client.assign(lanes.all());
    lanes.all().forEach(tp -> client.seek(tp, next[lanes.of(tp)]));
  }

  private void first(KafkaConsumer<String, byte[]> client)
      throws InterruptedException, ExecutionException, TimeoutException {
    List<LogStart.Log> logs = logs();
    long[] first = lanes.row(client.beginningOffsets(lanes.all()));
    long[] end = lanes.row(client.endOffsets(lanes.all()));
    long[] positions = new long[first.length];
    for (int p = 0; p < first.length; p++) {
      positions[p] = Math.max(first[p], end[p] - config.ringPrefill());
    }
    scans.first(first);
    shards.begin(new LogStart(logs, positions));
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
        int lane = lanes.of(record);
        next[lane] = record.offset() + 1;
        LogRecord read = read(record, lane);
        if (read != null) {
          records.add(read);
          if (lanes.isTimeline(lane)) {
            meters.consumed(read, now);
          }
        }
      }
      shards.feed(new Batch(records, next.clone(), nanos));
      while (shards.waiting() > AHEAD && !reader.isStopped()) {
        reader.pause();
      }
    }
    ready = ready || isPast(readyAt);
  }

  private LogRecord read(ConsumerRecord<String, byte[]> record, int lane) {
    try {
      LogRecord read = LogReader.read(lane, record.offset(), record.timestamp(), record.value());
      if (lanes.isTimeline(lane) ? read.conversationId() != null : read.audience() != null) {
        return read;
      }
    } catch (UncheckedIOException | NullPointerException e) {
      LOG.debugf("unreadable: %s", e.getClass().getName());
    }
    meters.unreadable();
    LOG.errorf(
        "%s %d@%d is no event of a conversation or person",
        record.topic(), record.partition(), record.offset());
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

  private List<LogStart.Log> logs()
      throws InterruptedException, ExecutionException, TimeoutException {
    List<String> names = Lanes.TOPICS.stream().map(Topic::name).toList();
    try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, servers))) {
      var told = admin.describeTopics(names).allTopicNames().get(10, TimeUnit.SECONDS);
      List<LogStart.Log> logs = new ArrayList<>();
      for (String name : names) {
        Uuid id = told.get(name).topicId();
        UUID known = new UUID(id.getMostSignificantBits(), id.getLeastSignificantBits());
        logs.add(new LogStart.Log(name, known, lanes.count(name)));
      }
      return logs;
    }
  }
}
