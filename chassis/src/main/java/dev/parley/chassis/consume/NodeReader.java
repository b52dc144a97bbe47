package dev.parley.chassis.consume;

import dev.parley.contracts.Topic;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;

/**
 * A node's own reading of whole topics, in no group and with nothing committed: one thread, one
 * client at a time, and another one a moment after one has failed. Where to go on is for the {@link
 * Reading} to remember.
 */
public final class NodeReader {
  private static final Logger LOG = Logger.getLogger(NodeReader.class);
  private static final long END_AT_MOST_MS = 2_000;

  private final String servers;
  private final Duration pause;
  private final Reading reading;
  private final Thread thread;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private volatile KafkaConsumer<String, byte[]> consumer;

  /** What is done with a client; all on the reader's thread. */
  public interface Reading {
    /** Assigns the partitions and seeks; for each new client. */
    void begin(KafkaConsumer<String, byte[]> client) throws Exception;

    /** One poll, and what follows from it. */
    void turn(KafkaConsumer<String, byte[]> client);
  }

  /**
   * One that is to be started.
   *
   * @param name of the thread
   * @param pause between a client's failure and the next one
   */
  public NodeReader(String name, String servers, Duration pause, Reading reading) {
    this.servers = servers;
    this.pause = pause;
    this.reading = reading;
    this.thread = new Thread(this::run, name);
    thread.setDaemon(true);
  }

  public void start() {
    thread.start();
  }

  /** Ends it after the turn in hand, which is waited for, for two seconds. */
  public void stop() throws InterruptedException {
    stopped.countDown();
    KafkaConsumer<String, byte[]> now = consumer;
    if (now != null) {
      now.wakeup();
    }
    thread.join(END_AT_MOST_MS);
  }

  public boolean isStopped() {
    return stopped.getCount() == 0;
  }

  /** Waits as between two clients, less when it is stopped. */
  public void pause() {
    try {
      stopped.await(pause.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** All partitions of the topic, by number. */
  public static List<TopicPartition> partitions(KafkaConsumer<String, byte[]> client, Topic topic) {
    return client.partitionsFor(topic.name()).stream()
        .map(info -> new TopicPartition(topic.name(), info.partition()))
        .sorted(Comparator.comparingInt(TopicPartition::partition))
        .toList();
  }

  private void run() {
    while (!isStopped()) {
      try (KafkaConsumer<String, byte[]> client = KafkaClients.consumer(servers, null)) {
        consumer = client;
        reading.begin(client);
        while (!isStopped()) {
          reading.turn(client);
        }
      } catch (InterruptedException e) {
        return;
      } catch (Exception e) {
        if (!isStopped()) {
          // Never the message: it may quote a record.
          LOG.warnf("%s goes on after %s", thread.getName(), e.getClass().getName());
          pause();
        }
      }
    }
  }
}
