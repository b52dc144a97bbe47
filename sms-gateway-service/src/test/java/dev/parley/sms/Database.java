package dev.parley.sms;

import dev.parley.chassis.tx.Tx;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.awaitility.Awaitility;

/** What a test looks up in the service's own tables. */
@ApplicationScoped
public class Database {
  private static final Duration SOON = Duration.ofSeconds(30);

  private final Tx tx;

  Database(Tx tx) {
    this.tx = tx;
  }

  /** Runs a statement. */
  public RowSet<Row> run(String sql, Object... values) {
    return tx.ofAllTenants().read(sql, Tuple.from(List.of(values))).await().atMost(SOON);
  }

  /** The number that the query counts. */
  public long count(String sql, Object... values) {
    return run(sql, values).iterator().next().getLong(0);
  }

  /** The text of that message. */
  public Sms sms(UUID message) {
    return Smses.first(run("select * from sms where message_id = $1", message)).orElseThrow();
  }

  /** Waits until everything that was committed has been told. */
  public void allTold() {
    Awaitility.await().atMost(SOON).until(() -> count("select count(*) from outbox") == 0);
  }

  /** The first column as text. */
  public List<String> texts(String sql, Object... values) {
    return StreamSupport.stream(run(sql, values).spliterator(), false)
        .map(row -> row.getString(0))
        .toList();
  }
}
