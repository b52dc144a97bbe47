package dev.parley.conversation;

import dev.parley.chassis.tx.Work;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.StreamSupport;

/** Where a statement runs: on its own ({@code tx::read}), or in a transaction under way. */
@FunctionalInterface
public interface Query {
  /** Runs one statement. */
  Uni<RowSet<Row>> run(String statement, Tuple parameters);

  /** Inside that transaction, seeing what it has written. */
  static Query in(Work work) {
    return (statement, parameters) -> work.sql().preparedQuery(statement).execute(parameters);
  }

  /** All rows. */
  default <T> Uni<List<T>> list(String statement, Tuple parameters, Function<Row, T> map) {
    return run(statement, parameters)
        .map(rows -> StreamSupport.stream(rows.spliterator(), false).map(map).toList());
  }

  /** The one row, if there is one. */
  default <T> Uni<Optional<T>> first(String statement, Tuple parameters, Function<Row, T> map) {
    return run(statement, parameters)
        .map(
            rows ->
                rows.size() == 0
                    ? Optional.empty()
                    : Optional.of(map.apply(rows.iterator().next())));
  }
}
