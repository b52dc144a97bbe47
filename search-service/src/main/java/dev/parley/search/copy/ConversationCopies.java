package dev.parley.search.copy;

import dev.parley.chassis.tx.Tx;
import dev.parley.chassis.tx.Work;
import dev.parley.contracts.Envelope;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** Table {@code conversation_copy}: type and title of each conversation, newest rev. */
@ApplicationScoped
public class ConversationCopies {
  private static final String UPSERT =
      """
      insert into conversation_copy (conversation_id, tenant, type, title, rev)
      select * from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::bigint[])
      on conflict (conversation_id) do update
        set type = excluded.type, title = excluded.title, rev = excluded.rev
        where excluded.rev > conversation_copy.rev
      """;
  private static final String OF =
      """
      select conversation_id, type, title from conversation_copy
      where tenant = $1 and conversation_id = any($2::uuid[])
      """;

  private final Tx tx;

  ConversationCopies(Tx tx) {
    this.tx = tx;
  }

  /** Takes over the conversations that the records ({@code conversation.*}) carry. */
  public Uni<Void> apply(Work work, Collection<Envelope> records) {
    Map<UUID, Envelope> newest = new TreeMap<>();
    for (Envelope record : records) {
      newest.merge(record.conversationId(), record, (a, b) -> b.rev() >= a.rev() ? b : a);
    }
    if (newest.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    List<ConversationCopy> copies = newest.values().stream().map(ConversationCopy::of).toList();
    Tuple values =
        Tuple.of(
            newest.keySet().toArray(UUID[]::new),
            newest.values().stream().map(Envelope::tenant).toArray(String[]::new),
            copies.stream().map(ConversationCopy::type).toArray(String[]::new),
            copies.stream().map(ConversationCopy::title).toArray(String[]::new),
            newest.values().stream().map(Envelope::rev).toArray(Long[]::new));
    return work.sql().preparedQuery(UPSERT).execute(values).replaceWithVoid();
  }

  /** Those of the tenant's conversations that are known. */
  public Uni<Map<UUID, ConversationCopy>> of(String tenant, Collection<UUID> ids) {
    if (ids.isEmpty()) {
      return Uni.createFrom().item(Map.of());
    }
    return tx.in(tenant)
        .read(OF, Tuple.of(tenant, ids.stream().distinct().toArray(UUID[]::new)))
        .map(
            rows -> {
              Map<UUID, ConversationCopy> found = new HashMap<>();
              rows.forEach(
                  row ->
                      found.put(
                          row.getUUID(0),
                          new ConversationCopy(row.getString(1), row.getString(2))));
              return found;
            });
  }
}
