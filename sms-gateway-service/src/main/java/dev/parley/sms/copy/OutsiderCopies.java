package dev.parley.sms.copy;

import dev.parley.chassis.tx.Work;
import dev.parley.sms.copy.Outsiders.Stay;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The store of outside numbers' memberships. A membership begins once and ends once, and stays
 * afterwards, so records may come in any order and as often as they like.
 */
@ApplicationScoped
public class OutsiderCopies {
  private static final String UPSERT =
      """
      insert into outsider_copy as o
        (tenant, conversation_id, member_id, number, from_rev, until_rev)
      values ($1, $2, $3, $4, $5, $6)
      on conflict (tenant, conversation_id, member_id) do update
      set from_rev = least(o.from_rev, excluded.from_rev),
          until_rev = least(o.until_rev, excluded.until_rev)
      """;
  private static final String OF =
      """
      select conversation_id, number, from_rev, coalesce(until_rev, 9223372036854775807) as until
      from outsider_copy
      where conversation_id = any($1) and from_rev is not null
      order by from_rev, number
      """;

  OutsiderCopies() {}

  /** Brings the copies up to date. */
  public Uni<Void> upsert(Work work, List<OutsiderCopy> copies) {
    if (copies.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    // Sorted, so that two nodes' batches lock in one order.
    List<Tuple> rows =
        copies.stream()
            .sorted(
                Comparator.comparing(OutsiderCopy::conversationId)
                    .thenComparing(OutsiderCopy::memberId))
            .map(
                copy ->
                    Tuple.tuple()
                        .addString(copy.tenant())
                        .addUUID(copy.conversationId())
                        .addString(copy.memberId())
                        .addString(copy.number())
                        .addLong(copy.granted() ? copy.rev() : null)
                        .addLong(copy.granted() ? null : copy.rev()))
            .toList();
    return work.sql().preparedQuery(UPSERT).executeBatch(rows).replaceWithVoid();
  }

  /** The outsiders of each of the conversations; no query for none. */
  public Uni<Map<UUID, Outsiders>> of(Work work, Collection<UUID> conversations) {
    if (conversations.isEmpty()) {
      return Uni.createFrom().item(Map.of());
    }
    return work.sql()
        .preparedQuery(OF)
        .execute(Tuple.tuple().addArrayOfUUID(conversations.toArray(UUID[]::new)))
        .map(
            rows -> {
              Map<UUID, List<Stay>> stays = new HashMap<>();
              rows.forEach(
                  row ->
                      stays
                          .computeIfAbsent(row.getUUID("conversation_id"), id -> new ArrayList<>())
                          .add(
                              new Stay(
                                  row.getString("number"),
                                  row.getLong("from_rev"),
                                  row.getLong("until"))));
              Map<UUID, Outsiders> found = new HashMap<>();
              stays.forEach((id, some) -> found.put(id, new Outsiders(some)));
              return found;
            });
  }
}
