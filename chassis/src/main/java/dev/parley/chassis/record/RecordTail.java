package dev.parley.chassis.record;

import dev.parley.chassis.consume.NodeReader;
import dev.parley.contracts.Ids;
import dev.parley.contracts.Json;
import dev.parley.contracts.Topic;
import dev.parley.contracts.Topics;
import dev.parley.contracts.event.CrmRecord;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.jboss.logging.Logger;

/**
 * The node's own reading of the CRM's records, in a service that copies any: every partition of
 * both topics, no group, from where the service's table is. So each node knows when a right may
 * have changed ({@link RecordsChanged}), and that the table has it. Ready when it has read what was
 * there at its start.
 */
@ApplicationScoped
class RecordTail implements NodeReader.Reading {
  private static final Logger LOG = Logger.getLogger(RecordTail.class);
  private static final List<Topic> TOPICS = List.of(Topics.CRM_RECORDS, Topics.PARLEY_CRM_RECORDS);
  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration DATABASE_AT_MOST = Duration.ofSeconds(30);
  private static final Duration ANEW_AFTER = Duration.ofSeconds(1);
  private static final Duration POSITION_EVERY = Duration.ofSeconds(10);

  private final NodeReader reader;
  private final Set<String> types;
  private final RecordCopies copies;
  private final Event<RecordsChanged> changed;
  private final Clock clock;
  private final Map<TopicPartition, Long> unwritten = new HashMap<>();
  private long writtenAt;
  private Map<TopicPartition, Long> readyAt;
  private volatile boolean known;

  RecordTail(
      @ConfigProperty(name = "kafka.bootstrap.servers") String servers,
      RecordsConfig config,
      RecordCopies copies,
      Event<RecordsChanged> changed,
      Clock clock) {
    this.reader = new NodeReader("records", servers, ANEW_AFTER, this);
    this.types = config.copied().orElse(Set.of());
    this.copies = copies;
    this.changed = changed;
    this.clock = clock;
    this.known = types.isEmpty();
  }

  void start(@Observes @Priority(150) StartupEvent event) {
    if (!types.isEmpty()) {
      reader.start();
    }
  }

  void stop(@Observes ShutdownEvent event) throws InterruptedException {
    if (!types.isEmpty()) {
      reader.stop();
    }
  }

  @Override
  public void begin(KafkaConsumer<String, byte[]> client) {
    List<TopicPartition> partitions =
        TOPICS.stream().flatMap(topic -> NodeReader.partitions(client, topic).stream()).toList();
    client.assign(partitions);
    unwritten.clear();
    Map<TopicPartition, Long> positions = copies.positions().await().atMost(DATABASE_AT_MOST);
    if (readyAt == null) {
      readyAt = client.endOffsets(partitions);
    }
    for (TopicPartition partition : partitions) {
      if (positions.containsKey(partition)) {
        client.seek(partition, positions.get(partition));
      } else {
        client.seekToBeginning(List.of(partition));
      }
    }
    noteKnown(client);
  }

  @Override
  public void turn(KafkaConsumer<String, byte[]> client) {
    List<CrmRecord> told = new ArrayList<>();
    for (ConsumerRecord<String, byte[]> record : client.poll(POLL)) {
      unwritten.put(new TopicPartition(record.topic(), record.partition()), record.offset() + 1);
      if (isCopied(record.key()) && record.value() != null) {
        CrmRecord read = read(record);
        if (read != null) {
          told.add(read);
        }
      }
    }
    if (!told.isEmpty()) {
      copies.apply(told, unwritten).await().atMost(DATABASE_AT_MOST);
      written();
      changed.fire(
          new RecordsChanged(
              told.stream()
                  .map(one -> new RecordsChanged.Key(one.tenant(), one.type(), one.id()))
                  .collect(Collectors.toSet())));
    } else if (!unwritten.isEmpty() && clock.millis() - writtenAt >= POSITION_EVERY.toMillis()) {
      copies.move(unwritten).await().atMost(DATABASE_AT_MOST);
      written();
    }
    noteKnown(client);
  }

  boolean isKnown() {
    return known;
  }

  private void noteKnown(KafkaConsumer<String, byte[]> client) {
    known =
        known
            || readyAt.entrySet().stream()
                .allMatch(end -> client.position(end.getKey()) >= end.getValue());
  }

  private void written() {
    unwritten.clear();
    writtenAt = clock.millis();
  }

  /** Keys are {@code tenant/type/id}, and no part has a slash. */
  private boolean isCopied(String key) {
    String[] parts = key == null ? new String[0] : key.split("/", 3);
    return parts.length == 3 && types.contains(parts[1]);
  }

  private static CrmRecord read(ConsumerRecord<String, byte[]> record) {
    try {
      CrmRecord read = Json.read(record.value(), CrmRecord.class);
      if (read.op() != null && read.key().equals(record.key()) && Ids.isCrmId(read.id())) {
        return read;
      }
    } catch (RuntimeException e) {
      LOG.debugf("unreadable: %s", e.getClass().getName());
    }
    LOG.errorf("%s-%d@%d is no record", record.topic(), record.partition(), record.offset());
    return null;
  }

  /** Ready once what the CRM said before this node's start is in the table. */
  @Readiness
  @ApplicationScoped
  static class Known implements HealthCheck {
    private final RecordTail tail;

    Known(RecordTail tail) {
      this.tail = tail;
    }

    @Override
    public HealthCheckResponse call() {
      return HealthCheckResponse.named("records known").status(tail.isKnown()).build();
    }
  }
}
