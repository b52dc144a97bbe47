package dev.parley.chassis.crm;

import dev.parley.chassis.consume.NodeReader;
import dev.parley.contracts.Json;
import dev.parley.contracts.Topic;
import dev.parley.contracts.Topics;
import dev.parley.contracts.event.CrmRecord;
import io.smallrye.mutiny.Uni;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;

/**
 * The node's own reading of the CRM's records for one {@link Copy}: every partition of both topics,
 * no group, from where the copy's table is. A batch that the copy did not take comes again.
 */
public final class CrmReading {
  private static final Logger LOG = Logger.getLogger(CrmReading.class);
  private static final List<Topic> TOPICS = List.of(Topics.CRM_RECORDS, Topics.PARLEY_CRM_RECORDS);
  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration DATABASE_AT_MOST = Duration.ofSeconds(30);
  private static final Duration ANEW_AFTER = Duration.ofSeconds(1);
  private static final Duration POSITION_EVERY = Duration.ofSeconds(10);

  private final NodeReader reader;
  private final String kind;
  private final CrmPositions positions;
  private final Copy copy;
  private final Clock clock;
  private volatile boolean known;

  /** What is read for; all on the reader's thread, which may wait ({@link #await}). */
  public interface Copy {
    /** Whether records of this type are copied; others are not even parsed. */
    boolean isCopied(String type);

    /** Whether it is what it seemed to be by its key; it is left out with an error otherwise. */
    boolean isSound(CrmRecord record, String key);

    /** Before the reading begins, also anew, once it is known from where. */
    default void begin() {}

    /** Stores them with the places behind them, in one transaction, and does what follows. */
    void take(List<CrmRecord> told, Map<TopicPartition, Long> behind);

    /** What was there at the node's start has been taken; told once. */
    default void allKnown() {}
  }

  /**
   * One that is to be started.
   *
   * @param kind what one record is called in the log; its plural is the thread's name
   */
  public CrmReading(String kind, String servers, Clock clock, CrmPositions positions, Copy copy) {
    this.reader = new NodeReader(kind + "s", servers, ANEW_AFTER, new Turns());
    this.kind = kind;
    this.positions = positions;
    this.copy = copy;
    this.clock = clock;
  }

  public void start() {
    reader.start();
  }

  /** Ends it after the turn in hand, as {@link NodeReader#stop()}. */
  public void stop() throws InterruptedException {
    reader.stop();
  }

  /** Whether the copy has taken what was there at the node's start. */
  public boolean isKnown() {
    return known;
  }

  /** What the database answers, waited for on the reader's thread. */
  public static <T> T await(Uni<T> answer) {
    return answer.await().atMost(DATABASE_AT_MOST);
  }

  private final class Turns implements NodeReader.Reading {
    private final Map<TopicPartition, Long> unwritten = new HashMap<>();
    private long writtenAt;
    private Map<TopicPartition, Long> knownAt;

    @Override
    public void begin(KafkaConsumer<String, byte[]> client) {
      List<TopicPartition> partitions =
          TOPICS.stream().flatMap(topic -> NodeReader.partitions(client, topic).stream()).toList();
      client.assign(partitions);
      unwritten.clear();
      Map<TopicPartition, Long> from = await(positions.all());
      copy.begin();
      if (knownAt == null) {
        knownAt = client.endOffsets(partitions);
      }
      for (TopicPartition partition : partitions) {
        if (from.containsKey(partition)) {
          client.seek(partition, from.get(partition));
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
        copy.take(told, unwritten);
        written();
      } else if (!unwritten.isEmpty() && clock.millis() - writtenAt >= POSITION_EVERY.toMillis()) {
        await(positions.move(unwritten));
        written();
      }
      noteKnown(client);
    }

    private void noteKnown(KafkaConsumer<String, byte[]> client) {
      if (!known
          && knownAt.entrySet().stream()
              .allMatch(end -> client.position(end.getKey()) >= end.getValue())) {
        copy.allKnown();
        known = true;
      }
    }

    private void written() {
      unwritten.clear();
      writtenAt = clock.millis();
    }

    /** Keys are {@code tenant/type/id}, and no part has a slash. */
    private boolean isCopied(String key) {
      String[] parts = key == null ? new String[0] : key.split("/", 3);
      return parts.length == 3 && copy.isCopied(parts[1]);
    }

    private CrmRecord read(ConsumerRecord<String, byte[]> record) {
      try {
        CrmRecord read = Json.read(record.value(), CrmRecord.class);
        if (copy.isSound(read, record.key())) {
          return read;
        }
      } catch (RuntimeException e) {
        LOG.debugf("unreadable: %s", e.getClass().getName());
      }
      LOG.errorf("%s-%d@%d is no %s", record.topic(), record.partition(), record.offset(), kind);
      return null;
    }
  }
}
