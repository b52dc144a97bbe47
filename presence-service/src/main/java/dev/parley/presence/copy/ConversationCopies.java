package dev.parley.presence.copy;

import dev.parley.chassis.tx.Tx;
import dev.parley.chassis.tx.Work;
import dev.parley.contracts.event.ConversationType;
import dev.parley.presence.LogRecord;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The copy of what type each conversation is of, for who may see one without taking part. Known of
 * every conversation since whose last change of rights the log tells types.
 */
@ApplicationScoped
public class ConversationCopies {
  private static final String INSERT =
      """
      insert into conversation_copy (tenant, conversation_id, type)
      select distinct * from unnest($1::text[], $2::uuid[], $3::text[])
      on conflict do nothing
      """;
  private static final String TYPES =
      """
      select conversation_id, type from conversation_copy
      where tenant = $1 and conversation_id = any($2::uuid[])
      """;

  private final Tx tx;

  ConversationCopies(Tx tx) {
    this.tx = tx;
  }

  /** Takes the types that the records tell. */
  public Uni<Void> apply(Work work, List<LogRecord> records) {
    List<LogRecord> told = records.stream().filter(r -> r.conversationType() != null).toList();
    if (told.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    return work.sql()
        .preparedQuery(INSERT)
        .execute(
            Tuple.of(
                told.stream().map(LogRecord::tenant).toArray(String[]::new),
                told.stream().map(LogRecord::conversationId).toArray(UUID[]::new),
                told.stream().map(LogRecord::conversationType).toArray(String[]::new)))
        .replaceWithVoid();
  }

  /** The types of those of the tenant's conversations that are known. */
  public Uni<Map<UUID, ConversationType>> types(String tenant, Collection<UUID> ids) {
    return tx.in(tenant)
        .read(TYPES, Tuple.of(tenant, ids.toArray(UUID[]::new)))
        .map(
            rows -> {
              Map<UUID, ConversationType> types = new HashMap<>();
              rows.forEach(row -> types.put(row.getUUID(0), ConversationType.of(row.getString(1))));
              return types;
            });
  }
}
