package dev.parley.chassis.outbox;

import dev.parley.chassis.observe.Spans;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * One transaction of the relay: lock and take the rows (deleted, but uncommitted), send, commit.
 * What the broker did not take comes back by the rollback.
 *
 * <p>Its commit does not wait for the disk: when a crash undoes it, rows come back that were sent,
 * which the contract of the outbox allows. (The commit that wrote the rows did wait.)
 */
@ApplicationScoped
class RelayCycle {
  private static final Logger LOG = Logger.getLogger(RelayCycle.class);
  private static final int BATCH = 500;
  private static final int LOCK_SPACE = 0x0b0c;
  private static final Duration[] BOUNDS =
      IntStream.of(1, 2, 3, 4, 6, 8, 12, 16, 25, 50, 100, 250, 1_000)
          .mapToObj(Duration::ofMillis)
          .toArray(Duration[]::new);

  // The answer is kept for the transaction's second statement: whoever does not get the lock tries
  // every few milliseconds and must not take anything. One plan fits every shard: without saying so
  // the taking is planned anew each time, which costs more than the taking.
  private static final String LOCK =
      """
      select set_config('parley.mine', pg_try_advisory_xact_lock($1, $2)::text, true),
             set_config('synchronous_commit', 'off', true),
             set_config('plan_cache_mode', 'force_generic_plan', true)
      """;
  private static final String TAKE =
      """
      delete from outbox
      where current_setting('parley.mine') = 'true'
        and id in (select id from outbox where shard = $1 order by id limit %d)
      returning *
      """
          .formatted(BATCH);
  private static final String PARK =
      """
      insert into outbox_parked (id, topic, record_key, event_id, type, payload, reason)
      values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing
      """;
  private static final String FORGET = "delete from outbox where id = any($1)";

  enum Outcome {
    /** Nothing is left that was committed before the cycle began. */
    EMPTY,
    /** A full batch: there may be more. */
    MORE,
    /** Another node sends this shard just now. */
    HELD_ELSEWHERE,
    /** Database or broker failed; rows stay. */
    FAILED
  }

  private final Pool pool;
  private final Broker broker;
  private final Clock clock;
  private final Spans spans;
  private final String source;
  private final Counter published;
  private final Counter parked;
  private final Timer waited;
  private final Timer sent;
  private final OldestRows oldest;

  RelayCycle(
      Pool pool,
      Broker broker,
      Clock clock,
      MeterRegistry meters,
      Spans spans,
      Shards shards,
      @ConfigProperty(name = "quarkus.application.name") String service) {
    this.pool = pool;
    this.broker = broker;
    this.clock = clock;
    this.spans = spans;
    this.oldest = new OldestRows(shards.count());
    this.source = "/" + service;
    this.published = meters.counter("parley.outbox.published");
    this.parked = meters.counter("parley.outbox.parked");
    this.waited = stage(meters, "written-taken");
    this.sent = stage(meters, "taken-published");
  }

  private static Timer stage(MeterRegistry meters, String name) {
    return Timer.builder("parley.outbox.stage")
        .tag("stage", name)
        .serviceLevelObjectives(BOUNDS)
        .register(meters);
  }

  /** Age of the oldest row of any shard seen and not yet sent; 0 when there is none. */
  double oldestAgeSeconds() {
    return oldest.ageSeconds(clock.instant());
  }

  Uni<Outcome> run(int shard) {
    return pool.getConnection().flatMap(sql -> run(sql, shard).eventually(sql::close));
  }

  /**
   * Begin, lock and take are sent together. The third statement's snapshot is made after the lock
   * was had, so that it cannot see rows that another node has just sent and deleted.
   */
  private Uni<Outcome> run(SqlConnection sql, int shard) {
    Uni<RowSet<Row>> begin = sql.query("begin").execute();
    Uni<RowSet<Row>> lock = sql.preparedQuery(LOCK).execute(Tuple.of(LOCK_SPACE, shard));
    Uni<RowSet<Row>> take = sql.preparedQuery(TAKE).execute(Tuple.of((short) shard));
    return Uni.combine()
        .all()
        .unis(begin, lock, take)
        .asTuple()
        .flatMap(
            all -> {
              boolean mine = "true".equals(all.getItem2().iterator().next().getString(0));
              if (!mine) {
                return end(sql, "rollback", Outcome.HELD_ELSEWHERE);
              }
              List<OutboxRow> rows = new ArrayList<>(all.getItem3().size());
              all.getItem3().forEach(row -> rows.add(OutboxRow.of(row)));
              if (rows.isEmpty()) {
                oldest.allSent(shard);
                return end(sql, "rollback", Outcome.EMPTY);
              }
              rows.sort(Comparator.comparingLong(OutboxRow::id));
              return publish(sql, shard, rows);
            })
        .onFailure()
        .call(() -> sql.query("rollback").execute().onFailure().recoverWithNull());
  }

  private static Uni<Outcome> end(SqlConnection sql, String how, Outcome outcome) {
    return sql.query(how).execute().replaceWith(outcome);
  }

  private Uni<Outcome> publish(SqlConnection sql, int shard, List<OutboxRow> rows) {
    Instant written = rows.get(0).createdAt().toInstant();
    oldest.seen(shard, written);
    // The first row has waited longest: one look at the clock for all.
    waited.record(Math.max(0, clock.millis() - written.toEpochMilli()), TimeUnit.MILLISECONDS);
    long taken = System.nanoTime();
    List<Span> open = new ArrayList<>(0);
    return broker
        .send(rows.stream().map(row -> record(row, open)).toList())
        .invoke(
            answers -> {
              sent.record(System.nanoTime() - taken, TimeUnit.NANOSECONDS);
              open.forEach(Span::end);
            })
        .flatMap(failures -> settle(sql, shard, rows, failures));
  }

  /** The row as a record. If its trace is followed, its span began when the row was written. */
  private ProducerRecord<String, byte[]> record(OutboxRow row, List<Span> open) {
    Span span =
        spans.event(SpanKind.PRODUCER, row.topic(), row.traceparent(), row.createdAt().toInstant());
    if (span == null) {
      return row.toRecord(source, row.traceparent());
    }
    open.add(span);
    return row.toRecord(source, Spans.traceparent(span));
  }

  private Uni<Outcome> settle(
      SqlConnection sql, int shard, List<OutboxRow> rows, List<Exception> failures) {
    List<Uni<RowSet<Row>>> parking = new ArrayList<>(0);
    for (int i = 0; i < rows.size(); i++) {
      Exception failure = failures.get(i);
      if (Broker.isHopeless(failure)) {
        parking.add(park(sql, rows.get(i), failure));
      } else if (failure != null) {
        // What comes behind may have arrived; it stays too, so that order per key holds.
        LOG.warnf("broker refused: %s", failure.getClass().getName());
        return keep(sql, rows.subList(0, i), failures);
      }
    }
    published.increment(rows.size());
    Uni<?> parked =
        parking.isEmpty()
            ? Uni.createFrom().voidItem()
            : Uni.join().all(parking).andFailFast().replaceWithVoid();
    return parked
        .chain(() -> end(sql, "commit", rows.size() == BATCH ? Outcome.MORE : Outcome.EMPTY))
        .invoke(() -> oldest.allSent(shard));
  }

  /** All come back but those that the broker had before it refused one. */
  private Uni<Outcome> keep(SqlConnection sql, List<OutboxRow> before, List<Exception> failures) {
    List<Long> sent = new ArrayList<>(before.size());
    for (int i = 0; i < before.size(); i++) {
      if (failures.get(i) == null) {
        sent.add(before.get(i).id());
      }
    }
    Uni<Outcome> back = end(sql, "rollback", Outcome.FAILED);
    if (sent.isEmpty()) {
      return back;
    }
    published.increment(sent.size());
    return back.call(() -> sql.preparedQuery(FORGET).execute(Tuple.of(sent.toArray(Long[]::new))));
  }

  private Uni<RowSet<Row>> park(SqlConnection sql, OutboxRow row, Exception failure) {
    return sql.preparedQuery(PARK)
        .execute(
            Tuple.tuple()
                .addLong(row.id())
                .addString(row.topic())
                .addString(row.key())
                .addUUID(row.eventId())
                .addString(row.type())
                .addString(row.payload())
                .addString(failure.getClass().getSimpleName()))
        .invoke(
            () -> {
              LOG.errorf(
                  "outbox row %d (%s) parked: %s",
                  row.id(), row.type(), failure.getClass().getName());
              parked.increment();
            });
  }
}
