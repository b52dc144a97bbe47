package dev.parley.presence.edge;

import dev.parley.chassis.consume.KafkaClients;
import dev.parley.presence.LogRecord;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Replays the log from Kafka for cursors that are older than the ring. One scan at a time serves
 * all that wait when it begins; those that come meanwhile wait for the next one ({@link
 * Gathering}).
 *
 * <p>Whose cursor is at most {@code resume-guaranteed} old (1 h, product.md §7) is served whatever
 * it takes: a scan that has gathered {@code scan-bytes} hands out what it has found, and goes on
 * from there for those who have written it to their sockets ({@link Portions}). Of the older ones
 * the oldest are refused first, as many as are too many for {@code scan-records}: {@code
 * resync_required}, never silence.
 */
@ApplicationScoped
class Scans {
  private static final Logger LOG = Logger.getLogger(Scans.class);

  private final String servers;
  private final EdgeConfig config;
  private final EdgeMeters meters;
  private final Clock clock;
  private final Portions portions;
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
      EdgeMeters meters,
      Clock clock) {
    this.servers = servers;
    this.config = config;
    this.meters = meters;
    this.clock = clock;
    this.portions = new Portions(config.scanBytes());
  }

  /**
   * What a replay needs, and who is told of it; the answer comes on the scan's thread.
   *
   * @param from the place in the cursor
   * @param to up to where (exclusive)
   * @param cancelled whether nobody needs it any more
   * @param tooSlow ends the socket, because it does not take what was found
   */
  record Request(
      Bearings.Fix from,
      long[] to,
      Members.Subject person,
      Collection<UUID> conversations,
      BooleanSupplier cancelled,
      Runnable tooSlow,
      Consumer<Found> answer) {
    Request {
      conversations = Set.copyOf(conversations);
    }

    boolean wants(int lane, long offset) {
      return offset >= from.positions()[lane] && offset < to[lane];
    }
  }

  /**
   * What a scan found.
   *
   * @param records in order within each lane
   * @param reached up to where (exclusive) they are all; the rest is another request's
   * @param refusal why there are none, or null
   * @param release to be called when they have been written, or nobody needs them
   */
  record Found(List<LogRecord> records, long[] reached, String refusal, Runnable release) {
    static Found refused(String reason) {
      return new Found(List.of(), null, reason, () -> {});
    }
  }

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
      try {
        scan(requests, portions.awaitRoom());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt(); // the node goes, its sockets have gone
        return;
      }
    }
  }

  private void scan(List<Request> requests, long room) {
    Scan scan = new Scan(requests, room, portions);
    try (KafkaConsumer<String, byte[]> consumer = KafkaClients.consumer(servers, null)) {
      meters.scanned(requests.size());
      Lanes lanes = new Lanes(consumer);
      first = lanes.row(consumer.beginningOffsets(lanes.all()));
      scan.refuseWhereDeleted(first);
      scan.refuseOldest(
          clock.millis() - config.resumeGuaranteed().toMillis(), config.scanRecords());
      scan.run(consumer, lanes);
    } catch (RuntimeException e) {
      LOG.warnf("scan broken off: %s", e.getClass().getName());
      scan.refuse("unavailable");
    }
  }
}
