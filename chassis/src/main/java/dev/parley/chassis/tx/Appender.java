package dev.parley.chassis.tx;

import dev.parley.chassis.outbox.Shards;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Writes the events of a transaction into the outbox, all in one statement. */
final class Appender {
  private static final String APPEND =
      """
      insert into outbox (shard, topic, record_key, event_id, type, traceparent, request_id, payload)
      select * from unnest($1::smallint[], $2::text[], $3::text[], $4::uuid[], $5::text[],
                           $6::text[], $7::text[], $8::text[])
      """;

  private final Shards shards;

  Appender(Shards shards) {
    this.shards = shards;
  }

  Uni<Void> append(Work work) {
    List<Work.Emitted> events = work.emitted();
    if (events.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    int n = events.size();
    Short[] shard = new Short[n];
    String[] topic = new String[n];
    String[] key = new String[n];
    UUID[] id = new UUID[n];
    String[] type = new String[n];
    String[] traceparent = new String[n];
    String[] requestId = new String[n];
    String[] payload = new String[n];
    for (int i = 0; i < n; i++) {
      Work.Emitted event = events.get(i);
      shard[i] = shards.of(event.key());
      topic[i] = event.topic();
      key[i] = event.key();
      id[i] = event.id();
      type[i] = event.type();
      traceparent[i] = work.trail().traceparent();
      requestId[i] = work.trail().requestId();
      payload[i] = event.payload();
    }
    List<Object> values =
        new ArrayList<>(List.of(shard, topic, key, id, type, traceparent, requestId, payload));
    return work.sql().preparedQuery(APPEND).execute(Tuple.from(values)).replaceWithVoid();
  }
}
