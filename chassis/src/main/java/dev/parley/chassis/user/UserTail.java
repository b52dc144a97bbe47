package dev.parley.chassis.user;

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
 * The node's own reading of the CRM's records: every partition of both topics, no group, from where
 * the service's table is. Ready when it has read what was there at its start: a user who was
 * deactivated is not served by a new node either.
 */
@ApplicationScoped
class UserTail implements NodeReader.Reading {
  private static final Logger LOG = Logger.getLogger(UserTail.class);
  private static final List<Topic> TOPICS = List.of(Topics.CRM_RECORDS, Topics.PARLEY_CRM_RECORDS);
  private static final String USER = "user";
  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration DATABASE_AT_MOST = Duration.ofSeconds(30);
  private static final Duration ANEW_AFTER = Duration.ofSeconds(1);
  private static final Duration POSITION_EVERY = Duration.ofSeconds(10);

  private final NodeReader reader;
  private final UserCopies copies;
  private final Users users;
  private final UserNames names;
  private final Event<UsersChanged> changed;
  private final Clock clock;
  private final Map<TopicPartition, Long> unwritten = new HashMap<>();
  private long writtenAt;
  private Map<TopicPartition, Long> readyAt;

  UserTail(
      @ConfigProperty(name = "kafka.bootstrap.servers") String servers,
      UserCopies copies,
      Users users,
      UserNames names,
      Event<UsersChanged> changed,
      Clock clock) {
    this.reader = new NodeReader("users", servers, ANEW_AFTER, this);
    this.copies = copies;
    this.users = users;
    this.names = names;
    this.changed = changed;
    this.clock = clock;
  }

  void start(@Observes @Priority(150) StartupEvent event) {
    reader.start();
  }

  void stop(@Observes ShutdownEvent event) throws InterruptedException {
    reader.stop();
  }

  @Override
  public void begin(KafkaConsumer<String, byte[]> client) {
    List<TopicPartition> partitions =
        TOPICS.stream().flatMap(topic -> NodeReader.partitions(client, topic).stream()).toList();
    client.assign(partitions);
    unwritten.clear();
    Map<TopicPartition, Long> known = copies.positions().await().atMost(DATABASE_AT_MOST);
    copies.remarkable().await().atMost(DATABASE_AT_MOST).forEach(users::know);
    if (readyAt == null) {
      readyAt = client.endOffsets(partitions);
    }
    for (TopicPartition partition : partitions) {
      if (known.containsKey(partition)) {
        client.seek(partition, known.get(partition));
      } else {
        client.seekToBeginning(List.of(partition));
      }
    }
    noteReady(client);
  }

  @Override
  public void turn(KafkaConsumer<String, byte[]> client) {
    List<CrmRecord> told = new ArrayList<>();
    for (ConsumerRecord<String, byte[]> record : client.poll(POLL)) {
      unwritten.put(new TopicPartition(record.topic(), record.partition()), record.offset() + 1);
      if (isOfUser(record.key()) && record.value() != null) {
        CrmRecord read = read(record);
        if (read != null) {
          told.add(read);
        }
      }
    }
    if (!told.isEmpty()) {
      copies.apply(told, unwritten).await().atMost(DATABASE_AT_MOST).forEach(users::know);
      told.forEach(one -> names.changed(one.tenant(), one.id()));
      written();
      changed.fire(
          new UsersChanged(told.stream().map(CrmRecord::tenant).collect(Collectors.toSet())));
    } else if (!unwritten.isEmpty() && clock.millis() - writtenAt >= POSITION_EVERY.toMillis()) {
      copies.move(unwritten).await().atMost(DATABASE_AT_MOST);
      written();
    }
    noteReady(client);
  }

  private void noteReady(KafkaConsumer<String, byte[]> client) {
    if (!users.isKnown() && isPast(client)) {
      users.allKnown();
    }
  }

  private void written() {
    unwritten.clear();
    writtenAt = clock.millis();
  }

  /** Keys are {@code tenant/type/id}, and no part has a slash. */
  private static boolean isOfUser(String key) {
    return key != null && key.contains("/" + USER + "/");
  }

  private static CrmRecord read(ConsumerRecord<String, byte[]> record) {
    try {
      CrmRecord read = Json.read(record.value(), CrmRecord.class);
      if (USER.equals(read.type()) && Ids.isCrmId(read.tenant()) && Ids.isCrmId(read.id())) {
        return read;
      }
    } catch (RuntimeException e) {
      LOG.debugf("unreadable: %s", e.getClass().getName());
    }
    LOG.errorf("%s-%d@%d is no user", record.topic(), record.partition(), record.offset());
    return null;
  }

  private boolean isPast(KafkaConsumer<String, byte[]> client) {
    return readyAt.entrySet().stream()
        .allMatch(end -> client.position(end.getKey()) >= end.getValue());
  }

  /** Ready once what the CRM said before this node's start binds on it. */
  @Readiness
  @ApplicationScoped
  static class Known implements HealthCheck {
    private final Users users;

    Known(Users users) {
      this.users = users;
    }

    @Override
    public HealthCheckResponse call() {
      return HealthCheckResponse.named("users known").status(users.isKnown()).build();
    }
  }
}
