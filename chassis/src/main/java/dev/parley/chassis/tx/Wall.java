package dev.parley.chassis.tx;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import io.vertx.pgclient.PgConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Says to the database whose rows a connection may see and write: the setting {@code
 * parley.tenant}, which the policy of every table with a tenant compares (design: row-level
 * security as the second wall). A connection that was never set sees none.
 *
 * <p>It costs nothing where the connection faces that tenant already, and otherwise a statement
 * that is sent ahead of the next one and not waited for.
 */
@ApplicationScoped
class Wall {
  /** No id of a tenant; what has no tenant of its own to act for: consumers, housekeeping. */
  static final String ALL = "*";

  /** What nobody has asked for. */
  static final String NONE = "";

  private static final String FACE = "select set_config('parley.tenant', $1, false)";
  private static final int KNOWN_AT_MOST = 1_000;

  private final Map<Long, String> facing = new ConcurrentHashMap<>();

  Wall() {}

  /**
   * Turns the connection to the tenant; outside of a transaction, since a rollback would turn it
   * back.
   *
   * @return what completes when it has been turned and has been sent already; null when it need not
   *     be
   */
  Uni<Void> face(SqlConnection sql, String tenant) {
    long connection = id(PgConnection.cast(sql.getDelegate()));
    if (tenant.equals(facing.get(connection))) {
      return null;
    }
    facing.remove(connection);
    var sent = sql.preparedQuery(FACE).execute(Tuple.of(tenant)).subscribeAsCompletionStage();
    return Uni.createFrom()
        .completionStage(sent)
        .invoke(() -> know(connection, tenant))
        .replaceWithVoid();
  }

  private void know(long connection, String tenant) {
    if (facing.size() >= KNOWN_AT_MOST) {
      facing.clear(); // Connections that have ended; the others are turned once more.
    }
    facing.put(connection, tenant);
  }

  /** The server's process and its secret: together never the same for two connections. */
  private static long id(PgConnection connection) {
    return (long) connection.processId() << 32 | connection.secretKey() & 0xffffffffL;
  }
}
