package dev.parley.chassis.tx;

import dev.parley.chassis.caller.Acting;
import dev.parley.chassis.caller.Caller;
import dev.parley.chassis.observe.Trail;
import dev.parley.chassis.outbox.Relay;
import dev.parley.chassis.outbox.Shards;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Transaction;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

/**
 * The one doorway to the database.
 *
 * <p>A write either commits with all its events in the outbox or leaves nothing. Isolation is READ
 * COMMITTED: whoever needs more locks the rows. When no connection is to be had in time the caller
 * gets a 503, never a half-done write.
 *
 * <p>What a request does is bound to its caller's tenant: the database shows no row of another one
 * and takes none, whatever the statement says ({@link Wall}). Before its caller is known a request
 * sees none at all. What is no request (consumers, loops, housekeeping) works for all tenants. Both
 * can be said: {@link #in(String)}, {@link #ofAllTenants()}.
 *
 * <p>Its limit: a request that goes on outside of its Vert.x context (on a worker thread) is not
 * known as one any more; there say {@link #in(String)}.
 */
@ApplicationScoped
public class Tx {
  private final Pool pool;
  private final Relay relay;
  private final Wall wall;
  private final Appender appender;
  private final GroupCommit together;

  Tx(Pool pool, Relay relay, Shards shards, Wall wall, GroupCommit together) {
    this.pool = pool;
    this.relay = relay;
    this.wall = wall;
    this.together = together;
    this.appender = new Appender(shards);
  }

  /** The same doorway, for that tenant's rows alone, whoever asks. */
  public Bound in(String tenant) {
    return new Bound(tenant);
  }

  /**
   * The same doorway, for the rows of all tenants: for what belongs to none, as carriers' calls.
   */
  public Bound ofAllTenants() {
    return new Bound(Wall.ALL);
  }

  /** Runs the work in one transaction; any failure rolls back all of it. */
  public <T> Uni<T> write(Function<Work, Uni<T>> body) {
    return Uni.createFrom().deferred(() -> bound().write(body));
  }

  /**
   * Runs one statement that needs no other in its transaction and writes outbox rows itself (the
   * hot path's form); the relay is poked after it. Under load those of one tenant share
   * transactions ({@link GroupCommit}).
   *
   * @param row what the statement locks first; whoever else locks several rows of this kind does it
   *     in the order of their ids
   * @param statement does nothing when it is run again
   */
  public Uni<RowSet<Row>> single(UUID row, String statement, Tuple parameters) {
    return Uni.createFrom().deferred(() -> bound().single(row, statement, parameters));
  }

  /** Runs one reading statement. */
  public Uni<RowSet<Row>> read(String statement, Tuple parameters) {
    return Uni.createFrom().deferred(() -> bound().read(statement, parameters));
  }

  /**
   * Runs one statement that changes rows, needs no other in its transaction and tells nobody: what
   * emits is a {@link #write}.
   */
  public Uni<RowSet<Row>> change(String statement, Tuple parameters) {
    return Uni.createFrom().deferred(() -> bound().change(statement, parameters));
  }

  private Bound bound() {
    Acting acting = Acting.current();
    if (acting == null) {
      return ofAllTenants();
    }
    Caller caller = acting.caller();
    return in(caller == null ? Wall.NONE : caller.tenant());
  }

  /** The doorway for certain rows. */
  public final class Bound {
    private final String tenant;

    private Bound(String tenant) {
      this.tenant = tenant;
    }

    /** As {@link Tx#write}. */
    public <T> Uni<T> write(Function<Work, Uni<T>> body) {
      return Uni.createFrom().deferred(() -> committed(audited(body)));
    }

    private <T> Uni<T> committed(Function<Work, Uni<T>> body) {
      Trail trail = Trail.current();
      boolean[] telling = new boolean[1];
      return pool.withConnection(
              sql -> begin(sql).flatMap(tx -> run(tx, new Work(sql, trail), body, telling)))
          .invoke(
              () -> {
                if (telling[0]) {
                  relay.poke();
                }
              });
    }

    /** As {@link Tx#single}. */
    public Uni<RowSet<Row>> single(UUID row, String statement, Tuple parameters) {
      if (isImpersonated()) {
        return write(
            work -> {
              work.appended();
              return work.sql().preparedQuery(statement).execute(parameters);
            });
      }
      return together.run(tenant, row, statement, parameters, all -> batch(statement, all));
    }

    private Uni<RowSet<Row>> batch(String statement, List<Tuple> parameters) {
      return faced(sql -> sql.preparedQuery(statement).executeBatch(parameters))
          .invoke(relay::poke);
    }

    /** As {@link Tx#read}. */
    public Uni<RowSet<Row>> read(String statement, Tuple parameters) {
      return faced(sql -> sql.preparedQuery(statement).execute(parameters));
    }

    /** As {@link Tx#change}. */
    public Uni<RowSet<Row>> change(String statement, Tuple parameters) {
      if (!isImpersonated()) {
        return read(statement, parameters);
      }
      Acting acting = Acting.current();
      return committed(
          work ->
              work.sql()
                  .preparedQuery(statement)
                  .execute(parameters)
                  .call(
                      rows ->
                          rows.rowCount() == 0
                              ? Uni.createFrom().voidItem()
                              : ImpersonationAudit.note(work, acting)));
    }

    private <T> Uni<T> faced(Function<SqlConnection, Uni<T>> body) {
      return pool.withConnection(
          sql -> {
            Uni<Void> faced = wall.face(sql, tenant);
            return after(faced, body.apply(sql));
          });
    }

    private Uni<Transaction> begin(SqlConnection sql) {
      Uni<Void> faced = wall.face(sql, tenant);
      return after(faced, sql.begin());
    }

    private <T> Uni<T> run(
        Transaction tx, Work work, Function<Work, Uni<T>> body, boolean[] telling) {
      return Uni.createFrom()
          .deferred(() -> body.apply(work))
          .call(
              () -> {
                telling[0] = work.isTelling();
                return appender.append(work);
              })
          .onFailure()
          .call(() -> tx.rollback().onFailure().recoverWithNull())
          .call(tx::commit);
    }

    private static <T> Function<Work, Uni<T>> audited(Function<Work, Uni<T>> body) {
      if (!isImpersonated()) {
        return body;
      }
      Acting acting = Acting.current();
      return work -> ImpersonationAudit.note(work, acting).chain(() -> body.apply(work));
    }

    private static boolean isImpersonated() {
      Acting acting = Acting.current();
      return acting != null && acting.isImpersonated();
    }

    /** Both are sent at once, in this order. */
    private static <T> Uni<T> after(Uni<Void> first, Uni<T> second) {
      return first == null
          ? second
          : Uni.combine().all().unis(first, second).asTuple().map(both -> both.getItem2());
    }
  }
}
