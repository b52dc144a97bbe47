package dev.parley.chassis.tx;

import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;

/** Somebody else's transaction, which has rows of things, with a connection of its own. */
final class Holder {
  private final Connection sql;

  Holder() {
    Config config = ConfigProvider.getConfig();
    try {
      sql =
          DriverManager.getConnection(
              "jdbc:"
                  + config
                      .getValue("quarkus.datasource.reactive.url", String.class)
                      .replace("vertx-reactive:", ""),
              config.getValue("quarkus.datasource.username", String.class),
              config.getValue("quarkus.datasource.password", String.class));
      sql.setAutoCommit(false);
      sql.createStatement().execute("select set_config('parley.tenant', '*', false)");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Waits for it, if need be. */
  void take(UUID row) {
    if (!locks("select from thing where id = ? for no key update", row)) {
      throw new IllegalStateException("no such row");
    }
  }

  /** The same; a deadlock may end the transaction. */
  void takeOrFail(UUID row) {
    try {
      take(row);
    } catch (IllegalStateException victim) {
      end();
    }
  }

  /** Whether nobody else has it; if so it has it from now on. */
  boolean isFree(UUID row) {
    return locks("select from thing where id = ? for no key update skip locked", row);
  }

  private boolean locks(String query, UUID row) {
    try (PreparedStatement statement = sql.prepareStatement(query)) {
      statement.setObject(1, row);
      return statement.executeQuery().next();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Until some other transaction waits for what it has. */
  void awaitWaiting() {
    await().atMost(Duration.ofSeconds(10)).until(this::isWaitedFor);
  }

  private boolean isWaitedFor() throws SQLException {
    try (ResultSet waiting =
        sql.createStatement()
            .executeQuery(
                "select from pg_locks where not granted"
                    + " and pg_backend_pid() = any(pg_blocking_pids(pid))")) {
      return waiting.next();
    }
  }

  void end() {
    try {
      sql.close(); // rolls back
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
