package dev.parley.sms.copy;

import dev.parley.chassis.tx.Work;
import dev.parley.contracts.event.ConversationType;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The store of copies; a newer record of the log wins, whatever the order they come in. */
@ApplicationScoped
public class ConversationCopies {
  private static final String UPSERT =
      """
      insert into conversation_copy as c (id, tenant, own_number, external_numbers, rev, type)
      values ($1, $2, $3, $4, $5, $6)
      on conflict (id) do update
      set own_number = excluded.own_number, external_numbers = excluded.external_numbers,
          rev = excluded.rev
      where excluded.rev > c.rev
      """;
  private static final String ALL = "select * from conversation_copy where id = any($1)";

  ConversationCopies() {}

  /** Brings the copies up to date. */
  public Uni<Void> upsert(Work work, List<ConversationCopy> copies) {
    if (copies.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    List<Tuple> rows =
        copies.stream()
            .map(
                copy ->
                    Tuple.tuple()
                        .addUUID(copy.id())
                        .addString(copy.tenant())
                        .addString(copy.ownNumber())
                        .addArrayOfString(copy.externalNumbers().toArray(String[]::new))
                        .addLong(copy.rev())
                        .addString(copy.type().wire()))
            .toList();
    return work.sql().preparedQuery(UPSERT).executeBatch(rows).replaceWithVoid();
  }

  /** Those of the conversations that stand on a number of ours. */
  public Uni<Map<UUID, ConversationCopy>> all(Work work, Collection<UUID> ids) {
    if (ids.isEmpty()) {
      return Uni.createFrom().item(Map.of());
    }
    return work.sql()
        .preparedQuery(ALL)
        .execute(Tuple.tuple().addArrayOfUUID(ids.toArray(UUID[]::new)))
        .map(
            rows -> {
              Map<UUID, ConversationCopy> found = new HashMap<>();
              rows.forEach(row -> found.put(row.getUUID("id"), copy(row)));
              return found;
            });
  }

  private static ConversationCopy copy(Row row) {
    return new ConversationCopy(
        row.getUUID("id"),
        row.getString("tenant"),
        ConversationType.of(row.getString("type")),
        row.getString("own_number"),
        List.of(row.getArrayOfStrings("external_numbers")),
        row.getLong("rev"));
  }
}
