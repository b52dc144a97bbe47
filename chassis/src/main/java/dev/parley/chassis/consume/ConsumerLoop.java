package dev.parley.chassis.consume;

import dev.parley.chassis.observe.Spans;
import dev.parley.chassis.observe.Trail;
import dev.parley.chassis.problem.Outages;
import dev.parley.contracts.Envelope;
import dev.parley.contracts.Topic;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;

/** Polls, hands over, commits: one thread for one {@link BatchConsumer}. */
final class ConsumerLoop {
  private static final Logger LOG = Logger.getLogger(ConsumerLoop.class);
  private static final String TENANT = "tenant";
  private static final String CONVERSATION = "conversationId";
  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration ANEW_AFTER = Duration.ofSeconds(1);
  private static final Duration HANDLER_AT_MOST = Duration.ofSeconds(30);

  private final BatchConsumer consumer;
  private final String group;
  private final String servers;
  private final Retries retries;
  private final DeadLetters deadLetters;
  private final Counter consumed;
  private final BatchSpans spans;
  private final Thread thread;
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile boolean assigned;
  private volatile KafkaConsumer<String, byte[]> kafka;

  ConsumerLoop(
      BatchConsumer consumer,
      String service,
      String servers,
      Retries retries,
      MeterRegistry meters,
      Spans spans) {
    this.consumer = consumer;
    this.group = service + "." + consumer.name();
    this.servers = servers;
    this.retries = retries;
    this.spans = new BatchSpans(spans, group);
    this.deadLetters = new DeadLetters(service, servers, meters);
    this.consumed = meters.counter("parley.consumer.records", "consumer", consumer.name());
    this.thread = new Thread(this::run, "consume-" + consumer.name());
  }

  void start() {
    thread.start();
  }

  /** Whether the group has been joined at least once. */
  boolean assigned() {
    return assigned;
  }

  /** Says that it is to end; it finishes the batch in hand. */
  void end() {
    stopping.countDown();
    if (kafka != null) {
      kafka.wakeup();
    }
  }

  /** Waits until it has ended. */
  void awaitEnd() {
    try {
      if (!ended.await(5, TimeUnit.SECONDS)) {
        LOG.warnf("%s is interrupted in its work", group);
        thread.interrupt();
        ended.await(2, TimeUnit.SECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean isStopped() {
    return stopping.getCount() == 0;
  }

  private void run() {
    try {
      while (!isStopped()) {
        session();
      }
    } catch (WakeupException
        | InterruptedException
        | org.apache.kafka.common.errors.InterruptException e) {
      LOG.debugf("%s woken to stop", group);
    } finally {
      deadLetters.close();
      ended.countDown();
    }
  }

  /** One client's life. Whatever ends it, the next one goes on behind the last commit. */
  private void session() throws InterruptedException {
    try (KafkaConsumer<String, byte[]> client =
        KafkaClients.consumer(servers, group, consumer.mayLag())) {
      kafka = client;
      Offsets offsets = new Offsets(client, group);
      client.subscribe(consumer.topics().stream().map(Topic::name).toList(), offsets);
      try {
        while (!isStopped()) {
          turn(client, offsets);
        }
      } finally {
        offsets.tellLast();
      }
    } catch (WakeupException | org.apache.kafka.common.errors.InterruptException e) {
      throw e;
    } catch (RuntimeException e) {
      LOG.errorf("%s begins anew after %s", group, e.getClass().getName());
      stopping.await(ANEW_AFTER.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private void turn(KafkaConsumer<String, byte[]> client, Offsets offsets)
      throws InterruptedException {
    ConsumerRecords<String, byte[]> records = client.poll(POLL);
    assigned |= !client.assignment().isEmpty() || client.groupMetadata().generationId() >= 0;
    if (records.isEmpty()) {
      offsets.tell();
      return;
    }
    List<Received> batch = new ArrayList<>(records.count());
    for (ConsumerRecord<String, byte[]> record : records) {
      batch.add(new Received(record));
    }
    try {
      handle(client, batch);
    } finally {
      Trail.follow(Trail.NONE);
    }
    consumed.increment(batch.size());
    offsets.done(batch, consumer.settled());
    offsets.tell();
  }

  private void handle(KafkaConsumer<String, byte[]> client, List<Received> batch)
      throws InterruptedException {
    Throwable failure = attempt(client, batch, retries.begin(), batch.size() > 1);
    if (failure == null) {
      return;
    }
    if (batch.size() == 1) {
      putAside(client, batch.get(0), failure);
      return;
    }
    for (Received record : batch) {
      Throwable own = attempt(client, List.of(record), retries.begin(), false);
      if (own != null) {
        putAside(client, record, own);
      }
    }
  }

  /** Tries until it works or there is no hope; then says why. Only outages keep a whole batch. */
  private Throwable attempt(
      KafkaConsumer<String, byte[]> client,
      List<Received> batch,
      Retries.Tries tries,
      boolean onlyOutages)
      throws InterruptedException {
    while (true) {
      Throwable failure = once(batch);
      if (failure == null) {
        return null;
      }
      boolean outage = Outages.isOutage(failure);
      Duration pause = onlyOutages && !outage ? null : tries.next(failure);
      if (pause == null) {
        return failure;
      }
      if (outage) {
        LOG.warnf("%s waits at %s: %s", group, batch.get(0), failure.getClass().getName());
      }
      pause(client, pause);
    }
  }

  private Throwable once(List<Received> batch) throws InterruptedException {
    BatchSpans.Open open = spans.begin(batch);
    try {
      Trail.follow(open.trail());
      consumer.on(batch).await().atMost(HANDLER_AT_MOST);
      open.end();
      return null;
    } catch (Throwable failure) {
      open.failed();
      if (isStopped()) {
        throw new InterruptedException();
      }
      return failure instanceof CompletionException && failure.getCause() != null
          ? failure.getCause()
          : failure;
    }
  }

  private void putAside(KafkaConsumer<String, byte[]> client, Received record, Throwable failure)
      throws InterruptedException {
    // Never the message: it may quote a body.
    name(record);
    LOG.errorf("%s puts %s aside: %s", group, record, failure.getClass().getName());
    MDC.remove(TENANT);
    MDC.remove(CONVERSATION);
    while (!deadLetters.put(record, failure)) {
      pause(client, Duration.ofSeconds(1));
    }
  }

  /** The log line names what the event is about, if it is one. */
  private static void name(Received record) {
    try {
      Envelope event = record.envelope();
      if (event.tenant() != null) {
        MDC.put(TENANT, event.tenant());
      }
      if (event.conversationId() != null) {
        MDC.put(CONVERSATION, event.conversationId().toString());
      }
    } catch (RuntimeException noEvent) {
      LOG.debugf("%s is no event", record);
    }
  }

  /** Waits while staying a member of the group. */
  private void pause(KafkaConsumer<String, byte[]> client, Duration pause)
      throws InterruptedException {
    client.pause(client.assignment());
    ConsumerRecords<String, byte[]> early = client.poll(pause);
    // Partitions that a rebalance brings meanwhile are not paused; their records come again.
    for (TopicPartition partition : early.partitions()) {
      client.seek(partition, early.records(partition).get(0).offset());
    }
    client.resume(client.assignment());
    if (isStopped()) {
      throw new InterruptedException();
    }
  }
}
