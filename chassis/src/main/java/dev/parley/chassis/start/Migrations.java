package dev.parley.chassis.start;

import dev.parley.chassis.rights.RightsConfig;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.flywaydb.core.Flyway;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Brings the database up to date before anything else starts: first the chassis' tables, then the
 * service's own. Several nodes may start at once; the database's lock lets one of them migrate.
 */
@ApplicationScoped
public class Migrations {
  private final DatabaseConfig config;
  private final RightsConfig rights;

  Migrations(DatabaseConfig config, RightsConfig rights) {
    this.config = config;
    this.rights = rights;
  }

  void start(@Observes @Priority(1) StartupEvent event) {
    migrate("db/chassis", "chassis_schema_history");
    if (rights.copied()) {
      migrate("db/rights", "rights_schema_history");
    }
    migrate("db/migration", "schema_history");
  }

  private void migrate(String location, String table) {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setServerNames(new String[] {config.host()});
    source.setPortNumbers(new int[] {config.port()});
    source.setDatabaseName(config.name());
    source.setUser(config.user());
    source.setPassword(config.password());
    Flyway.configure()
        .dataSource(source)
        .locations("classpath:" + location)
        .table(table)
        .baselineOnMigrate(true)
        .baselineVersion("0")
        .connectRetries(30)
        .connectRetriesInterval(1)
        .failOnMissingLocations(false)
        .load()
        .migrate();
  }
}
