package dev.parley.presence.edge;

import dev.parley.chassis.consume.NodeReader;
import dev.parley.contracts.Topic;
import dev.parley.contracts.Topics;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/**
 * The partitions of all topics that sockets are served from, numbered through: those of the
 * timeline come first. A position of the edge is one offset for each of them.
 */
final class Lanes {
  static final List<Topic> TOPICS =
      List.of(Topics.TIMELINE, Topics.MESSAGE_PERSONAL, Topics.CONVERSATION_PERSONAL);

  private final List<TopicPartition> all = new ArrayList<>();
  private final Map<String, Integer> firstOf = new HashMap<>();
  private final int timeline;

  Lanes(KafkaConsumer<String, byte[]> client) {
    int ofTimeline = 0;
    for (Topic topic : TOPICS) {
      firstOf.put(topic.name(), all.size());
      all.addAll(NodeReader.partitions(client, topic));
      ofTimeline = topic == Topics.TIMELINE ? all.size() : ofTimeline;
    }
    this.timeline = ofTimeline;
  }

  List<TopicPartition> all() {
    return all;
  }

  int count() {
    return all.size();
  }

  /** How many lanes are that topic's. */
  int count(String topic) {
    return (int) all.stream().filter(partition -> partition.topic().equals(topic)).count();
  }

  int of(TopicPartition partition) {
    return firstOf.get(partition.topic()) + partition.partition();
  }

  int of(ConsumerRecord<?, ?> record) {
    return firstOf.get(record.topic()) + record.partition();
  }

  boolean isTimeline(int lane) {
    return lane < timeline;
  }

  /** What is told for each partition, as one row. */
  long[] row(Map<TopicPartition, Long> offsets) {
    long[] row = new long[count()];
    offsets.forEach((partition, offset) -> row[of(partition)] = offset);
    return row;
  }
}
