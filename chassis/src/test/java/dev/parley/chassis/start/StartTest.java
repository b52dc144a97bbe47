package dev.parley.chassis.start;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.chassis.BackEnds;
import dev.parley.chassis.ProbeTest;
import dev.parley.chassis.tx.Tx;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** A service's database at its start, and in the long run. */
@QuarkusTest
class StartTest extends ProbeTest {
  @Inject Tx tx;
  @Inject Housekeeping housekeeping;
  @Inject Pool pool;

  @Test
  void nodesThatStartAtOnceMigrateAnEmptyDatabaseOnce() throws Exception {
    String database = "d" + tenant.replace("-", "");
    administer("create database " + database);
    DatabaseConfig config = config(database);
    ExecutorService nodes = Executors.newFixedThreadPool(3);
    try {
      List<Callable<Void>> starts = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        starts.add(
            () -> {
              new Migrations(config, () -> true, () -> Optional.of(Set.of("deal"))).start(null);
              return null;
            });
      }
      for (Future<Void> start : nodes.invokeAll(starts)) {
        start.get();
      }
    } finally {
      nodes.shutdown();
    }

    assertThat(count(database, "select count(*) from chassis_schema_history where success"))
        .isEqualTo(count(database, "select count(distinct version) from chassis_schema_history"));
    assertThat(count(database, "select count(*) from schema_history where version = '001'"))
        .isOne();
    assertThat(count(database, "select count(*) from outbox")).isZero();
    assertThat(count(database, "select count(*) from right_copy")).isZero();
    assertThat(count(database, "select count(*) from thing")).isZero();
  }

  @Test
  void longStatementsStayPrepared() {
    String statement = "select $1::int /* " + "long ".repeat(2_000) + " */";
    long prepared =
        pool.withConnection(
                one ->
                    one.preparedQuery(statement)
                        .execute(Tuple.of(1))
                        .chain(() -> one.preparedQuery(statement).execute(Tuple.of(2)))
                        .chain(
                            () ->
                                one.preparedQuery(
                                        "select count(*) from pg_prepared_statements"
                                            + " where statement = $1")
                                    .execute(Tuple.of(statement))))
            .map(rows -> rows.iterator().next().getLong(0))
            .await()
            .atMost(Duration.ofSeconds(30));

    assertThat(prepared).isOne();
  }

  @Test
  void whatNeedNotBeRememberedIsForgotten() {
    remember(
        "inbox (consumer, event_id, received_at) values ($1 || 'old', gen_random_uuid(), ",
        "16 days");
    remember(
        "inbox (consumer, event_id, received_at) values ($1 || 'new', gen_random_uuid(), ",
        "14 days");
    String key =
        "idempotency_key (tenant, caller, key, request, status, response, created_at)"
            + " values ($1, 'ana', '%s', ''::bytea, 201, '{}', ";
    remember(key.formatted("old"), "8 days");
    remember(key.formatted("new"), "6 days");

    get(housekeeping.purge());

    assertThat(texts("select consumer from inbox where starts_with(consumer, $1)"))
        .containsExactly(tenant + "new");
    assertThat(texts("select key from idempotency_key where tenant = $1")).containsExactly("new");
  }

  private void remember(String row, String age) {
    get(
        tx.write(
            work ->
                work.sql()
                    .preparedQuery(
                        "insert into " + row + "clock_timestamp() - interval '" + age + "')")
                    .execute(Tuple.of(tenant))
                    .replaceWithVoid()));
  }

  private List<String> texts(String query) {
    return get(
        tx.read(query, Tuple.of(tenant))
            .map(
                rows -> {
                  List<String> texts = new ArrayList<>();
                  rows.forEach(row -> texts.add(row.getString(0)));
                  return texts;
                }));
  }

  private static void administer(String statement) throws SQLException {
    try (Connection connection = connect("postgres");
        Statement sql = connection.createStatement()) {
      sql.execute(statement);
    }
  }

  private static int count(String database, String query) throws SQLException {
    try (Connection connection = connect(database);
        Statement sql = connection.createStatement();
        ResultSet row = sql.executeQuery(query)) {
      row.next();
      return row.getInt(1);
    }
  }

  private static Connection connect(String database) throws SQLException {
    return DriverManager.getConnection(
        "jdbc:postgresql://"
            + BackEnds.endpoint("POSTGRES_HOST")
            + ":"
            + BackEnds.endpoint("POSTGRES_PORT")
            + "/"
            + database,
        "postgres",
        "postgres");
  }

  private static DatabaseConfig config(String database) {
    return new DatabaseConfig() {
      @Override
      public String host() {
        return BackEnds.endpoint("POSTGRES_HOST");
      }

      @Override
      public int port() {
        return Integer.parseInt(BackEnds.endpoint("POSTGRES_PORT"));
      }

      @Override
      public String name() {
        return database;
      }

      @Override
      public String user() {
        return "postgres";
      }

      @Override
      public String password() {
        return "postgres";
      }
    };
  }
}
