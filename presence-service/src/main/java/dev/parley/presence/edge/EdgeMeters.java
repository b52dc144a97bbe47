package dev.parley.presence.edge;

import dev.parley.presence.LogRecord;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import org.jboss.logging.Logger;

/**
 * What the edge measures. Stage times per record, never per delivery, so that a benchmark can say
 * which stage owns the p99 and the measuring costs nothing.
 */
@Singleton
class EdgeMeters {
  private static final Logger LOG = Logger.getLogger(EdgeMeters.class);
  private static final Duration[] BOUNDS =
      IntStream.of(1, 2, 3, 4, 6, 8, 12, 16, 25, 50, 100, 250, 1_000)
          .mapToObj(Duration::ofMillis)
          .toArray(Duration[]::new);

  private final MeterRegistry registry;
  private final LongAdder deliveries = new LongAdder();
  private final AtomicInteger sockets = new AtomicInteger();
  private final Timer published;
  private final Timer consumed;
  private final Timer written;
  private final Counter tooSlow;
  private final Counter unreadable;
  private final Counter scans;
  private final Counter scanned;

  EdgeMeters(MeterRegistry registry) {
    this.registry = registry;
    published = stage(registry, "accepted-published");
    consumed = stage(registry, "published-consumed");
    written = stage(registry, "consumed-written");
    tooSlow = registry.counter("parley.edge.closed.slow");
    unreadable = registry.counter("parley.edge.unreadable");
    scans = registry.counter("parley.edge.scans");
    scanned = registry.counter("parley.edge.scans.served");
    registry.gauge("parley.edge.sockets", sockets);
    FunctionCounter.builder("parley.edge.deliveries", deliveries, LongAdder::sum)
        .register(registry);
  }

  /** A record came from the log; its times are the other services' clocks. */
  void consumed(LogRecord record, long now) {
    published.record(
        Math.max(0, record.publishedAt() - record.acceptedAt()), TimeUnit.MILLISECONDS);
    consumed.record(Math.max(0, now - record.publishedAt()), TimeUnit.MILLISECONDS);
  }

  /** So many records have been written to whom they concern. */
  void written(int records, long nanos) {
    for (int i = 0; i < records; i++) {
      written.record(nanos, TimeUnit.NANOSECONDS);
    }
  }

  void delivered() {
    deliveries.increment();
  }

  void opened() {
    sockets.incrementAndGet();
  }

  void closed() {
    sockets.decrementAndGet();
  }

  void tooSlow() {
    tooSlow.increment();
  }

  void unreadable() {
    unreadable.increment();
  }

  /** A record was read and cannot be shown to some; the others have it. */
  void undeliverable(LogRecord record, RuntimeException failure) {
    unreadable.increment();
    // Never the message: it may quote a body.
    LOG.errorf(
        "%s not delivered to all: %s at %s",
        record, failure.getClass().getName(), failure.getStackTrace()[0]);
  }

  /** One scan serves so many. */
  void scanned(int requests) {
    scans.increment();
    scanned.increment(requests);
  }

  /** Somebody's cursor was not served. */
  void refused(String reason) {
    registry.counter("parley.edge.resumes.refused", "reason", reason).increment();
  }

  private static Timer stage(MeterRegistry registry, String name) {
    return Timer.builder("parley.edge.stage")
        .tag("stage", name)
        .serviceLevelObjectives(BOUNDS)
        .register(registry);
  }
}
