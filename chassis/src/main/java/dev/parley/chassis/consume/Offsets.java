package dev.parley.chassis.consume;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.jboss.logging.Logger;

/**
 * How far one client has come, told to the broker at most four times a second: a commit costs the
 * broker as much as a small batch costs us. What a crash leaves untold comes again, up to a quarter
 * of a second of records; what a rebalance or an orderly end would leave is told first.
 */
final class Offsets implements ConsumerRebalanceListener {
  private static final Logger LOG = Logger.getLogger(Offsets.class);
  private static final Duration PAUSE = Duration.ofMillis(250);
  private static final Duration LAST_WORD = Duration.ofSeconds(2);

  private final KafkaConsumer<String, byte[]> client;
  private final String group;
  private final Deque<Handled> handled = new ArrayDeque<>();
  private final Map<TopicPartition, OffsetAndMetadata> untold = new HashMap<>();
  private long toldAtNanos = System.nanoTime() - PAUSE.toNanos();

  Offsets(KafkaConsumer<String, byte[]> client, String group) {
    this.client = client;
    this.group = group;
  }

  /** Where a batch ended, and whether all is done up to there. */
  private record Handled(BooleanSupplier settled, Map<TopicPartition, OffsetAndMetadata> ends) {}

  /** The batch is done when its consumer says so ({@link BatchConsumer#settled}). */
  void done(List<Received> batch, BooleanSupplier settled) {
    Map<TopicPartition, OffsetAndMetadata> ends = new HashMap<>();
    for (Received record : batch) {
      ends.put(
          new TopicPartition(record.topic(), record.partition()),
          new OffsetAndMetadata(record.offset() + 1));
    }
    handled.add(new Handled(settled, ends));
  }

  private void settle() {
    while (!handled.isEmpty() && handled.peek().settled().getAsBoolean()) {
      untold.putAll(handled.poll().ends());
    }
  }

  /** Tells the broker, without waiting, if it is time to. */
  void tell() {
    settle();
    if (untold.isEmpty() || System.nanoTime() - toldAtNanos < PAUSE.toNanos()) {
      return;
    }
    Map<TopicPartition, OffsetAndMetadata> offsets = Map.copyOf(untold);
    untold.clear();
    toldAtNanos = System.nanoTime();
    try {
      client.commitAsync(
          offsets,
          (done, failure) -> {
            if (failure != null) {
              LOG.debugf("%s commits later: %s", group, failure.getClass().getName());
            }
          });
    } catch (CommitFailedException | RebalanceInProgressException e) {
      LOG.debugf("%s lost its partitions; another node repeats the batch", group);
    }
  }

  /** Tells the broker and waits for it, for a moment. */
  void tellLast() {
    settle();
    if (untold.isEmpty()) {
      return;
    }
    try {
      client.commitSync(Map.copyOf(untold), LAST_WORD);
    } catch (KafkaException e) {
      LOG.debugf("%s leaves a batch to be repeated: %s", group, e.getClass().getName());
    }
    untold.clear();
  }

  @Override
  public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
    tellLast();
    forget(partitions);
  }

  @Override
  public void onPartitionsLost(Collection<TopicPartition> partitions) {
    untold.keySet().removeAll(partitions);
    forget(partitions);
  }

  /** Who has them now does anew what was not done. */
  private void forget(Collection<TopicPartition> partitions) {
    handled.forEach(batch -> batch.ends().keySet().removeAll(partitions));
  }

  @Override
  public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
    // Begins where the group had come to.
  }
}
