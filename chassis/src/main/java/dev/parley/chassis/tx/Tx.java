package dev.parley.chassis.tx;

import dev.parley.chassis.observe.Trail;
import dev.parley.chassis.outbox.Relay;
import dev.parley.chassis.outbox.Shards;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

/**
 * The one doorway to the database.
 *
 * <p>A write either commits with all its events in the outbox or leaves nothing. Isolation is READ
 * COMMITTED: whoever needs more locks the rows. When no connection is to be had in time the caller
 * gets a 503, never a half-done write.
 */
@ApplicationScoped
public class Tx {
  private static final String APPEND =
      """
      insert into outbox (shard, topic, record_key, event_id, type, traceparent, request_id, payload)
      select * from unnest($1::smallint[], $2::text[], $3::text[], $4::uuid[], $5::text[],
                           $6::text[], $7::text[], $8::text[])
      """;

  private final Pool pool;
  private final Relay relay;
  private final Shards shards;

  Tx(Pool pool, Relay relay, Shards shards) {
    this.pool = pool;
    this.relay = relay;
    this.shards = shards;
  }

  /** Runs the work in one transaction; any failure rolls back all of it. */
  public <T> Uni<T> write(Function<Work, Uni<T>> body) {
    return Uni.createFrom()
        .deferred(
            () -> {
              Trail trail = Trail.current();
              boolean[] telling = new boolean[1];
              return pool.withTransaction(
                      sql -> {
                        Work work = new Work(sql, trail);
                        return body.apply(work)
                            .call(
                                () -> {
                                  telling[0] = work.isTelling();
                                  return append(work);
                                });
                      })
                  .invoke(
                      () -> {
                        if (telling[0]) {
                          relay.poke();
                        }
                      });
            });
  }

  /**
   * Runs one statement that is its own transaction and writes outbox rows itself (the hot path's
   * form); the relay is poked after it.
   */
  public Uni<RowSet<Row>> single(String statement, Tuple parameters) {
    return read(statement, parameters).invoke(relay::poke);
  }

  /** Runs one reading statement. */
  public Uni<RowSet<Row>> read(String statement, Tuple parameters) {
    return pool.preparedQuery(statement).execute(parameters);
  }

  private Uni<Void> append(Work work) {
    List<Work.Emitted> events = work.emitted();
    if (events.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    int n = events.size();
    Short[] shard = new Short[n];
    String[] topic = new String[n];
    String[] key = new String[n];
    UUID[] id = new UUID[n];
    String[] type = new String[n];
    String[] traceparent = new String[n];
    String[] requestId = new String[n];
    String[] payload = new String[n];
    for (int i = 0; i < n; i++) {
      Work.Emitted event = events.get(i);
      shard[i] = shards.of(event.key());
      topic[i] = event.topic();
      key[i] = event.key();
      id[i] = event.id();
      type[i] = event.type();
      traceparent[i] = work.trail().traceparent();
      requestId[i] = work.trail().requestId();
      payload[i] = event.payload();
    }
    List<Object> values =
        new ArrayList<>(List.of(shard, topic, key, id, type, traceparent, requestId, payload));
    return work.sql().preparedQuery(APPEND).execute(Tuple.from(values)).replaceWithVoid();
  }
}
