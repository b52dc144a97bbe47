package dev.parley.system.bench;

import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.Tuple;
import java.util.UUID;

/** Fills a conversation by SQL, since a million sends take longer than anybody waits. */
final class Fill {
  private static final String MESSAGES =
      """
      insert into message (tenant, id, conversation_id, seq, rev, client_msg_id, kind, author_id,
        author_kind, author_name, body, visibility, mentions, record_refs, at, version, staff_count,
        client_count)
      select t.tenant, gen_random_uuid(), t.conversation_id, n, t.last_rev - t.last_seq + n,
        'fill-' || n, 'user', $2, 'user', $2, repeat('x', $4::int), 'all', '{}', '[]',
        now() - ($3 - n) * interval '1 second', 1, n, n
      from timeline t, generate_series(t.last_seq + 1, $3) n
      where t.conversation_id = $1
      """;

  private static final String HEAD =
      """
      update timeline set last_seq = $2, last_rev = last_rev - last_seq + $2, staff_count = $2,
        client_count = $2, client_seq = $2
      where conversation_id = $1
      """;

  private Fill() {}

  /**
   * Makes the conversation's messages as many as that, all by one author.
   *
   * @param postgres as {@code deploy/local/env} has it
   */
  static void upTo(long messages, String postgres, String conversation, String author, int bytes) {
    Vertx vertx = Vertx.vertx();
    try {
      PgConnectOptions to = PgConnectOptions.fromUri(postgres);
      UUID id = UUID.fromString(conversation);
      PgConnection.connect(vertx, to.setDatabase("message"))
          .flatMap(
              sql ->
                  sql.preparedQuery(MESSAGES)
                      .execute(Tuple.of(id, author, messages, bytes))
                      .flatMap(done -> sql.preparedQuery(HEAD).execute(Tuple.of(id, messages)))
                      .flatMap(done -> sql.query("vacuum analyze message").execute())
                      .flatMap(done -> sql.close()))
          .toCompletionStage()
          .toCompletableFuture()
          .join();
    } finally {
      vertx.close().toCompletionStage().toCompletableFuture().join();
    }
  }
}
