package dev.parley.chassis.start;

import io.quarkus.reactive.pg.client.PgPoolCreator;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.SqlConnectOptions;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Bounds what a request can wait for the database: 5 s for a connection of the pool, 10 s for a
 * statement. Either ends as a 503, or as another try of a consumer.
 */
@Singleton
class Pools implements PgPoolCreator {
  private static final int CONNECTION_SECONDS = 5;
  private static final int CONNECT_MS = 5_000;
  private static final int STATEMENT_MS = 10_000;

  /**
   * Statements of up to so many characters stay prepared. With the client's 2,048 the longest ones,
   * which are the append of a message and the counts, were planned anew each time.
   */
  private static final int PREPARED_CHARACTERS = 32_768;

  @Override
  public Pool create(Input input) {
    for (PgConnectOptions options : input.pgConnectOptionsList()) {
      Map<String, String> properties = new HashMap<>(options.getProperties());
      properties.put("statement_timeout", Integer.toString(STATEMENT_MS));
      // Each statement has its index. The statistics of a table that was empty at its last vacuum,
      // as an outbox mostly is, say otherwise: whole tables of dead rows would be read.
      properties.put("enable_seqscan", "off");
      options.setProperties(properties).setConnectTimeout(CONNECT_MS).setTcpNoDelay(true);
      options.setPreparedStatementCacheSqlLimit(PREPARED_CHARACTERS);
    }
    PoolOptions pool =
        input
            .poolOptions()
            .setConnectionTimeout(CONNECTION_SECONDS)
            .setConnectionTimeoutUnit(TimeUnit.SECONDS);
    return PgBuilder.pool()
        .with(pool)
        .connectingTo(new ArrayList<SqlConnectOptions>(input.pgConnectOptionsList()))
        .using(input.vertx())
        .build();
  }
}
