package dev.parley.chassis.start;

import dev.parley.chassis.record.RecordsConfig;
import dev.parley.chassis.rights.RightsConfig;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.flywaydb.core.Flyway;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Brings the database up to date before anything else starts: first the chassis' tables, then the
 * service's own. Several nodes may start at once, on an empty database too: an advisory lock lets
 * one after the other migrate (Flyway's own lock comes after it has made its tables). A database
 * that is not up yet is waited for, half a minute at most.
 *
 * <p>Migrations work for all tenants. After them every table with a column {@code tenant} gets the
 * policy of row-level security that the transactions rely on, so none can be forgotten.
 */
@ApplicationScoped
public class Migrations {
  private static final String LOCK = "select pg_advisory_lock(2829, 0)";
  private static final Duration PAUSE = Duration.ofMillis(500);
  private static final int TRIES = 60;

  private final DatabaseConfig config;
  private final RightsConfig rights;
  private final RecordsConfig records;

  Migrations(DatabaseConfig config, RightsConfig rights, RecordsConfig records) {
    this.config = config;
    this.rights = rights;
    this.records = records;
  }

  void start(@Observes @Priority(1) StartupEvent event) throws SQLException {
    PGSimpleDataSource source = source();
    // The lock goes with its session.
    try (Connection lock = connect(source);
        Statement statement = lock.createStatement()) {
      statement.execute(LOCK);
      migrate(source, "db/chassis", "chassis_schema_history");
      if (rights.copied()) {
        migrate(source, "db/rights", "rights_schema_history");
      }
      if (records.copied().isPresent()) {
        migrate(source, "db/records", "records_schema_history");
      }
      migrate(source, "db/migration", "schema_history");
      statement.execute(wall());
    }
  }

  private static void migrate(PGSimpleDataSource source, String location, String table) {
    Flyway.configure()
        .dataSource(source)
        .locations("classpath:" + location)
        .table(table)
        .initSql("set parley.tenant = '*'")
        .baselineOnMigrate(true)
        .baselineVersion("0")
        .failOnMissingLocations(false)
        .load()
        .migrate();
  }

  private static String wall() {
    try (InputStream sql = Migrations.class.getResourceAsStream("/db/wall/tenant_wall.sql")) {
      return new String(sql.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private PGSimpleDataSource source() {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setServerNames(new String[] {config.host()});
    source.setPortNumbers(new int[] {config.port()});
    source.setDatabaseName(config.name());
    source.setUser(config.user());
    source.setPassword(config.password());
    return source;
  }

  private static Connection connect(PGSimpleDataSource source) throws SQLException {
    for (int left = TRIES; ; left--) {
      try {
        return source.getConnection();
      } catch (SQLException e) {
        if (left == 0 || !isNotUp(e.getSQLState())) {
          throw e;
        }
        LockSupport.parkNanos(PAUSE.toNanos());
      }
    }
  }

  /** No connection, or the server says that it is starting or stopping. */
  private static boolean isNotUp(String state) {
    return state != null && (state.startsWith("08") || state.startsWith("57P"));
  }
}
