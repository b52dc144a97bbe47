package dev.parley.presence.edge;

import dev.parley.chassis.consume.KafkaClients;
import dev.parley.contracts.Recipient;
import dev.parley.presence.LogReader;
import dev.parley.presence.LogRecord;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Replays the log from Kafka for cursors that are older than the ring. One scan at a time serves
 * all that wait when it begins; those that come meanwhile wait for the next one ({@link
 * Gathering}). Records are chosen by their key, so only what concerns somebody is parsed, and that
 * once for all.
 *
 * <p>Within a budget of records and of bytes: who is not through when it is spent gets {@code
 * resync_required}, never silence (product.md §7).
 */
@ApplicationScoped
class Scans {
  private static final Logger LOG = Logger.getLogger(Scans.class);
  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final String servers;
  private final EdgeConfig config;
  private final EdgeMeters meters;
  private final Gathering<Request> waiting = new Gathering<>();
  private final AtomicBoolean running = new AtomicBoolean();
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread made = new Thread(task, "edge-scan");
            made.setDaemon(true);
            return made;
          });
  private volatile long[] first = new long[0];

  Scans(
      @ConfigProperty(name = "kafka.bootstrap.servers") String servers,
      EdgeConfig config,
      EdgeMeters meters) {
    this.servers = servers;
    this.config = config;
    this.meters = meters;
  }

  /** What a replay needs, and who is told of it; the answer comes on the scan's thread. */
  record Request(
      long[] from,
      long[] to,
      Members.Subject person,
      Collection<UUID> conversations,
      BooleanSupplier cancelled,
      Consumer<Found> answer) {
    Request {
      conversations = Set.copyOf(conversations);
    }
  }

  /**
   * What a scan found.
   *
   * @param refusal why the records are not all of them, or null when they are
   */
  record Found(List<LogRecord> records, String refusal) {}

  /** For each partition the offset of the oldest record, as of start or of the last scan. */
  long[] first() {
    return first;
  }

  void first(long[] offsets) {
    first = offsets;
  }

  /** Has the request served by the next scan. */
  void request(Request request) {
    waiting.add(request);
    if (running.compareAndSet(false, true)) {
      thread.execute(this::scanAll);
    }
  }

  void stop(@Observes ShutdownEvent event) {
    thread.shutdownNow();
  }

  private void scanAll() {
    while (true) {
      List<Request> requests = waiting.gather();
      if (requests.isEmpty()) {
        running.set(false);
        if (waiting.isEmpty() || !running.compareAndSet(false, true)) {
          return;
        }
        continue;
      }
      Scan scan = new Scan(requests);
      try (KafkaConsumer<String, byte[]> consumer = KafkaClients.consumer(servers, null)) {
        meters.scanned(requests.size());
        scan.run(consumer);
      } catch (RuntimeException e) {
        LOG.warnf("scan broken off: %s", e.getClass().getName());
        scan.refuse("unavailable");
      }
    }
  }

  /** One pass over the log. */
  private final class Scan {
    private final Map<Request, List<LogRecord>> open = new HashMap<>();
    private final Map<String, List<Request>> wanted = new HashMap<>();
    private final Map<Members.Subject, List<Request>> people = new HashMap<>();
    private final Set<Integer> unread = new HashSet<>();
    private Lanes lanes;
    private long records;
    private long bytes;
    private LogRecord counted;

    Scan(List<Request> requests) {
      for (Request request : requests) {
        open.put(request, new ArrayList<>());
        people.computeIfAbsent(request.person(), key -> new ArrayList<>()).add(request);
        for (UUID conversation : request.conversations()) {
          wanted.computeIfAbsent(conversation.toString(), key -> new ArrayList<>()).add(request);
        }
      }
    }

    void run(KafkaConsumer<String, byte[]> consumer) {
      lanes = new Lanes(consumer);
      long[] oldest = lanes.row(consumer.beginningOffsets(lanes.all()));
      first = oldest;
      for (Request request : List.copyOf(open.keySet())) {
        for (int p = 0; p < oldest.length; p++) {
          if (request.from()[p] < oldest[p] && request.from()[p] < request.to()[p]) {
            finish(request, "too_old");
            break;
          }
        }
      }
      long[] from = new long[lanes.count()];
      long[] to = new long[lanes.count()];
      Arrays.fill(from, Long.MAX_VALUE);
      for (Request request : open.keySet()) {
        for (int p = 0; p < from.length; p++) {
          if (request.from()[p] < request.to()[p]) {
            from[p] = Math.min(from[p], request.from()[p]);
            to[p] = Math.max(to[p], request.to()[p]);
          }
        }
      }
      List<TopicPartition> assigned =
          lanes.all().stream().filter(tp -> from[lanes.of(tp)] < to[lanes.of(tp)]).toList();
      consumer.assign(assigned);
      for (TopicPartition tp : assigned) {
        consumer.seek(tp, from[lanes.of(tp)]);
        unread.add(lanes.of(tp));
      }
      read(consumer, to);
      List.copyOf(open.keySet()).forEach(request -> finish(request, null));
    }

    private void read(KafkaConsumer<String, byte[]> consumer, long[] to) {
      long idleSince = System.nanoTime();
      while (!unread.isEmpty() && !open.isEmpty()) {
        var polled = consumer.poll(POLL);
        if (!polled.isEmpty()) {
          idleSince = System.nanoTime();
        } else if (System.nanoTime() - idleSince > PATIENCE.toNanos()) {
          refuse("unavailable");
          return;
        }
        for (ConsumerRecord<String, byte[]> record : polled) {
          take(record);
        }
        records += polled.count();
        if (records > config.scanRecords() || bytes > config.scanBytes()) {
          refuse("over_budget");
          return;
        }
        for (TopicPartition tp : consumer.assignment()) {
          if (consumer.position(tp) >= to[lanes.of(tp)] && unread.remove(lanes.of(tp))) {
            consumer.pause(List.of(tp));
          }
        }
        open.keySet().removeIf(request -> request.cancelled().getAsBoolean());
      }
    }

    private void take(ConsumerRecord<String, byte[]> record) {
      int lane = lanes.of(record);
      if (lanes.isTimeline(lane)) {
        List<Request> askers = wanted.get(record.key());
        if (askers != null) {
          take(record, lane, askers);
        }
      } else {
        takeOwn(record, lane);
      }
    }

    /** What belongs to people is asked for by person: whose it is stands in the record alone. */
    private void takeOwn(ConsumerRecord<String, byte[]> record, int lane) {
      LogRecord read = parse(record, lane);
      if (read == null || read.audience() == null) {
        return;
      }
      if (read.audience().isEveryUser()) {
        people.forEach(
            (person, askers) -> {
              if (person.tenant().equals(read.tenant()) && person.kind().equals("user")) {
                askers.forEach(request -> give(request, read));
              }
            });
        return;
      }
      for (Recipient one : read.audience().to()) {
        List<Request> askers = people.get(new Members.Subject(read.tenant(), one.kind(), one.id()));
        if (askers != null) {
          askers.forEach(request -> give(request, read));
        }
      }
    }

    private void take(ConsumerRecord<String, byte[]> record, int lane, List<Request> askers) {
      LogRecord read = null;
      for (Request request : askers) {
        if (open.containsKey(request)
            && record.offset() >= request.from()[lane]
            && record.offset() < request.to()[lane]) {
          read = read == null ? parse(record, lane) : read;
          if (read == null) {
            return;
          }
          give(request, read);
        }
      }
    }

    private void give(Request request, LogRecord record) {
      List<LogRecord> found = open.get(request);
      if (found != null
          && record.offset() >= request.from()[record.lane()]
          && record.offset() < request.to()[record.lane()]) {
        found.add(record);
        if (record != counted) {
          counted = record;
          bytes += record.frame().length;
        }
      }
    }

    void refuse(String reason) {
      List.copyOf(open.keySet()).forEach(request -> finish(request, reason));
    }

    private void finish(Request request, String refusal) {
      List<LogRecord> found = open.remove(request);
      request.answer().accept(new Found(refusal == null ? found : List.of(), refusal));
    }
  }

  private static LogRecord parse(ConsumerRecord<String, byte[]> record, int lane) {
    try {
      return LogReader.read(lane, record.offset(), record.timestamp(), record.value());
    } catch (UncheckedIOException e) {
      return null;
    }
  }
}
