package dev.parley.chassis.start;

import io.smallrye.config.ConfigMapping;

/** Where the service's own database is. Defaults: the local stack's. */
@ConfigMapping(prefix = "parley.db")
public interface DatabaseConfig {
  /** Host name of the PostgreSQL server. */
  String host();

  /** Its port. */
  int port();

  /** The service's database. */
  String name();

  /** The service's role; owns the database. */
  String user();

  /** The role's password. */
  String password();
}
