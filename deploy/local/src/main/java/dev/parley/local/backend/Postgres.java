package dev.parley.local.backend;

import dev.parley.local.process.Command;
import dev.parley.local.process.Layout;
import dev.parley.local.process.ManagedProcess;
import dev.parley.local.process.Ports;
import dev.parley.local.process.Unprivileged;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/**
 * PostgreSQL, the real server. Durable as in production: {@code fsync} and {@code
 * synchronous_commit} stay on, a commit that was answered survives {@link #kill} and the power
 * switch. One database and one role (password = name) per service; the superuser is {@code
 * postgres}, password {@code postgres}. Listens on 127.0.0.1 alone.
 */
public final class Postgres extends ManagedProcess implements BackEnd {
  /** For as many nodes of all services as a stack may have, each with its pool and a migration. */
  public static final int CONNECTIONS = 300;

  /** One database each; the role and its password have the same name. */
  public static final List<String> DATABASES =
      List.of("conversation", "message", "presence", "sms", "search", "notification");

  private static final String SUPERUSER = "postgres";

  private final Path folder;
  private final Path log;
  private final int port;

  public Postgres(Path folder, Path log, int port) {
    super("postgres", Duration.ofSeconds(60));
    this.folder = folder;
    this.log = log;
    this.port = port;
  }

  @Override
  protected Command prepare() throws Exception {
    Path home = PostgresBinaries.unpacked();
    Path data = folder.resolve("data");
    if (!Files.exists(data.resolve("PG_VERSION"))) {
      initialise(home, data);
    }
    Unprivileged.own(folder);
    return Command.of(
            name(),
            List.of(
                home.resolve("bin/postgres").toString(),
                "-D",
                data.toString(),
                "-p",
                Integer.toString(port),
                "-c",
                "listen_addresses=127.0.0.1",
                "-c",
                "unix_socket_directories=",
                "-c",
                "max_connections=" + CONNECTIONS,
                "-c",
                "shared_buffers=128MB",
                "-c",
                "jit=off",
                "-c",
                "autovacuum_naptime=15s", // outboxes live on vacuum
                "-c",
                "log_min_messages=warning"),
            folder,
            log)
        .stoppedBy("INT")
        .asOrdinaryUser();
  }

  private void initialise(Path home, Path data) throws IOException, InterruptedException {
    Layout.delete(data); // an initialisation that was cut short
    Files.createDirectories(data);
    Files.createDirectories(log.getParent());
    Path password = Files.writeString(folder.resolve("password"), SUPERUSER);
    Unprivileged.own(folder);
    int code =
        Unprivileged.run(
            List.of(
                home.resolve("bin/initdb").toString(),
                "-D",
                data.toString(),
                "-U",
                SUPERUSER,
                "--pwfile=" + password,
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale-provider=builtin",
                "--locale=C.UTF-8",
                "--no-instructions"),
            log);
    Files.delete(password);
    if (code != 0) {
      Layout.delete(data);
      throw new IllegalStateException("initdb ended with " + code + ": " + lastLine());
    }
  }

  private String lastLine() throws IOException {
    List<String> lines = Files.readAllLines(log);
    return lines.isEmpty() ? "it said nothing" : lines.get(lines.size() - 1);
  }

  @Override
  protected void afterStart() throws SQLException {
    try (Connection connection = connect(SUPERUSER, SUPERUSER);
        Statement statement = connection.createStatement()) {
      for (String name : DATABASES) {
        if (!exists(statement, "pg_roles", "rolname", name)) {
          statement.execute("create role " + name + " login password '" + name + "'");
        }
        if (!exists(statement, "pg_database", "datname", name)) {
          statement.execute("create database " + name + " owner " + name);
        }
      }
    }
  }

  private static boolean exists(Statement statement, String table, String column, String name)
      throws SQLException {
    try (ResultSet found =
        statement.executeQuery(
            "select 1 from " + table + " where " + column + " = '" + name + "'")) {
      return found.next();
    }
  }

  /** A connection to one of the databases, as its own role. */
  public Connection connect(String database) throws SQLException {
    return connect(database, database);
  }

  private Connection connect(String database, String user) throws SQLException {
    Properties properties = new Properties();
    properties.put("user", user);
    properties.put("password", user);
    properties.put("connectTimeout", "2");
    properties.put("socketTimeout", "30");
    return DriverManager.getConnection(
        "jdbc:postgresql://127.0.0.1:" + port + "/" + database, properties);
  }

  @Override
  public boolean isReady() {
    if (!isAlive() || !Ports.answers(port)) {
      return false;
    }
    try (Connection connection = connect(SUPERUSER, SUPERUSER)) {
      return connection.isValid(2);
    } catch (SQLException e) {
      return false; // it listens before it has recovered
    }
  }

  @Override
  public Map<String, String> endpoints() {
    return Map.of(
        "POSTGRES_HOST",
        "127.0.0.1",
        "POSTGRES_PORT",
        Integer.toString(port),
        "POSTGRES",
        "postgresql://postgres:postgres@127.0.0.1:" + port + "/postgres");
  }
}
