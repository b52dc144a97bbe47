package dev.parley.chassis.outbox;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Transaction;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** One transaction of the relay: lock, read, send, delete. */
@ApplicationScoped
class RelayCycle {
  private static final Logger LOG = Logger.getLogger(RelayCycle.class);
  private static final int BATCH = 500;
  private static final int LOCK_SPACE = 0x0b0c;

  // The answer is kept for the transaction's second statement: whoever does not get the lock tries
  // every few milliseconds and must not read a backlog each time.
  private static final String LOCK =
      "select set_config('parley.mine', pg_try_advisory_xact_lock($1, $2)::text, true)";
  private static final String READ =
      """
      select * from outbox where current_setting('parley.mine') = 'true' and shard = $1
      order by id limit
      """
          + BATCH;
  private static final String DELETE = "delete from outbox where id = any($1)";
  private static final String PARK =
      """
      insert into outbox_parked (id, topic, record_key, event_id, type, payload, reason)
      select id, topic, record_key, event_id, type, payload, $2 from outbox where id = $1
      on conflict do nothing
      """;

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
  private final String source;
  private final Counter published;
  private final Counter parked;
  private volatile OffsetDateTime oldest;

  RelayCycle(
      Pool pool,
      Broker broker,
      Clock clock,
      MeterRegistry meters,
      @ConfigProperty(name = "quarkus.application.name") String service) {
    this.pool = pool;
    this.broker = broker;
    this.clock = clock;
    this.source = "/" + service;
    this.published = meters.counter("parley.outbox.published");
    this.parked = meters.counter("parley.outbox.parked");
  }

  /** Age of the oldest row seen and not yet sent; 0 when there is none. */
  double oldestAgeSeconds() {
    OffsetDateTime at = oldest;
    return at == null
        ? 0
        : Math.max(0, Duration.between(at.toInstant(), clock.instant()).toMillis() / 1000.0);
  }

  Uni<Outcome> run(int shard) {
    return pool.getConnection()
        .flatMap(sql -> sql.begin().flatMap(tx -> run(sql, tx, shard)).eventually(sql::close));
  }

  private Uni<Outcome> run(SqlConnection sql, Transaction tx, int shard) {
    // Two statements, sent together: the second one's snapshot is taken after the lock was, so it
    // cannot see rows that another node has just sent and deleted.
    Uni<RowSet<Row>> lock = sql.preparedQuery(LOCK).execute(Tuple.of(LOCK_SPACE, shard));
    Uni<RowSet<Row>> read = sql.preparedQuery(READ).execute(Tuple.of((short) shard));
    return Uni.combine()
        .all()
        .unis(lock, read)
        .asTuple()
        .flatMap(
            both -> {
              boolean mine = "true".equals(both.getItem1().iterator().next().getString(0));
              if (!mine) {
                return tx.rollback().replaceWith(Outcome.HELD_ELSEWHERE);
              }
              List<OutboxRow> rows = new ArrayList<>(both.getItem2().size());
              both.getItem2().forEach(row -> rows.add(OutboxRow.of(row)));
              if (rows.isEmpty()) {
                oldest = null;
                return tx.rollback().replaceWith(Outcome.EMPTY);
              }
              return publish(sql, tx, rows);
            })
        .onFailure()
        .call(() -> tx.rollback().onFailure().recoverWithNull());
  }

  private Uni<Outcome> publish(SqlConnection sql, Transaction tx, List<OutboxRow> rows) {
    oldest = rows.get(0).createdAt();
    return broker
        .send(rows.stream().map(row -> row.toRecord(source)).toList())
        .flatMap(failures -> settle(sql, tx, rows, failures));
  }

  private Uni<Outcome> settle(
      SqlConnection sql, Transaction tx, List<OutboxRow> rows, List<Exception> failures) {
    List<Long> done = new ArrayList<>(rows.size());
    Uni<Void> parking = Uni.createFrom().voidItem();
    boolean failed = false;
    for (int i = 0; i < rows.size() && !failed; i++) {
      Exception failure = failures.get(i);
      if (Broker.isHopeless(failure)) {
        OutboxRow row = rows.get(i);
        LOG.errorf(
            "outbox row %d (%s) parked: %s", row.id(), row.type(), failure.getClass().getName());
        parked.increment();
        parking =
            parking.chain(
                () ->
                    sql.preparedQuery(PARK)
                        .execute(Tuple.of(row.id(), failure.getClass().getSimpleName()))
                        .replaceWithVoid());
      } else if (failure != null) {
        // What comes behind may have arrived; it stays too, so that order per key holds.
        LOG.warnf("broker refused: %s", failure.getClass().getName());
        failed = true;
        break;
      }
      done.add(rows.get(i).id());
    }
    if (done.isEmpty()) {
      return tx.rollback().replaceWith(Outcome.FAILED);
    }
    published.increment(done.size());
    boolean stop = failed;
    return parking
        .chain(() -> sql.preparedQuery(DELETE).execute(Tuple.of(done.toArray(Long[]::new))))
        .chain(tx::commit)
        .replaceWith(
            () -> {
              if (stop) {
                return Outcome.FAILED;
              }
              oldest = null;
              return rows.size() == BATCH ? Outcome.MORE : Outcome.EMPTY;
            });
  }
}
