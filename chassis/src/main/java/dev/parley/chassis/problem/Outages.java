package dev.parley.chassis.problem;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.vertx.core.impl.NoStackTraceThrowable;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.ClosedConnectionException;
import java.io.IOException;
import java.util.concurrent.TimeoutException;

/** Tells a dependency that does not answer from a request or record that is wrong. */
public final class Outages {
  private Outages() {}

  /**
   * Whether repeating it later may help: connection lost or refused, time out, the database
   * starting or stopping, a serialization failure or deadlock. What is no JSON stays so, although
   * Jackson calls it an {@link IOException}.
   */
  public static boolean isOutage(Throwable failure) {
    for (Throwable t = failure; t != null; t = t.getCause() == t ? null : t.getCause()) {
      if (t instanceof PgException pg) {
        return isOutage(pg.getSqlState());
      }
      if (t instanceof ClosedConnectionException
          || t instanceof IOException && !(t instanceof JsonProcessingException)
          || t instanceof TimeoutException
          || t instanceof io.smallrye.mutiny.TimeoutException
          || t instanceof org.apache.kafka.common.errors.RetriableException
          || isLostConnection(t)) {
        return true;
      }
    }
    return false;
  }

  /** SQLSTATE classes: connection, resources, operator intervention, transaction rollback. */
  private static boolean isOutage(String state) {
    return state != null
        && (state.startsWith("08")
            || state.startsWith("53")
            || state.startsWith("57")
            || state.startsWith("40"));
  }

  /** Bare texts of the client: no connection in time; the one got has just been closed. */
  private static boolean isLostConnection(Throwable t) {
    return t instanceof NoStackTraceThrowable
        && t.getMessage() != null
        && (t.getMessage().startsWith("Timeout")
            || t.getMessage().startsWith("Connection is not active"));
  }
}
