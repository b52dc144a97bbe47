package dev.parley.chassis.rights;

import dev.parley.chassis.tx.Tx;
import dev.parley.chassis.tx.Work;
import dev.parley.contracts.Envelope;
import dev.parley.contracts.Right;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Table {@code right_copy}: the newest right of each person in each conversation. Records may be
 * applied repeatedly and in any order; the highest {@code rev} stands. A request sees a change as
 * soon as the batch that brought it has committed, no sooner (product.md §3: within 1 s).
 */
@ApplicationScoped
public class RightsCopy {
  private static final String UPSERT =
      """
      insert into right_copy
        (tenant, conversation_id, kind, subject, granted, visible_from_seq, rev)
      select * from unnest($1::text[], $2::uuid[], $3::text[], $4::text[], $5::boolean[],
                           $6::bigint[], $7::bigint[])
      on conflict (tenant, conversation_id, kind, subject) do update
        set granted = excluded.granted, visible_from_seq = excluded.visible_from_seq,
            rev = excluded.rev
        where excluded.rev > right_copy.rev
      """;
  private static final String OF =
      """
      select conversation_id, visible_from_seq from right_copy
      where tenant = $1 and kind = $2 and subject = $3 and granted
      """;

  private final Tx tx;

  RightsCopy(Tx tx) {
    this.tx = tx;
  }

  /** Takes over the rights that the records carry; none is no statement. */
  public Uni<Void> apply(Work work, Collection<Envelope> records) {
    // Sorted, so that two nodes' batches lock in one order; one row per key, as an upsert demands.
    Map<String, Row> newest = new TreeMap<>();
    for (Envelope record : records) {
      if (record.rights() != null) {
        for (Right right : record.rights()) {
          Row row = new Row(record.tenant(), record.conversationId(), right, record.rev());
          newest.merge(row.key(), row, (a, b) -> b.rev() >= a.rev() ? b : a);
        }
      }
    }
    if (newest.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    Collection<Row> rows = newest.values();
    Tuple values =
        Tuple.from(
            List.of(
                rows.stream().map(Row::tenant).toArray(String[]::new),
                rows.stream().map(Row::conversationId).toArray(UUID[]::new),
                rows.stream().map(row -> row.right().kind()).toArray(String[]::new),
                rows.stream().map(row -> row.right().id()).toArray(String[]::new),
                rows.stream().map(row -> row.right().granted()).toArray(Boolean[]::new),
                rows.stream().map(row -> row.right().visibleFromSeq()).toArray(Long[]::new),
                rows.stream().map(Row::rev).toArray(Long[]::new)));
    return work.sql().preparedQuery(UPSERT).execute(values).replaceWithVoid();
  }

  /**
   * The conversations that the person is a member of now.
   *
   * @param kind {@code user} or {@code client}
   */
  public Uni<List<Visible>> of(String tenant, String kind, String subject) {
    return tx.in(tenant)
        .read(OF, Tuple.of(tenant, kind, subject))
        .map(
            rows -> {
              List<Visible> visible = new ArrayList<>(rows.size());
              rows.forEach(row -> visible.add(new Visible(row.getUUID(0), row.getLong(1))));
              return visible;
            });
  }

  private record Row(String tenant, UUID conversationId, Right right, long rev) {
    String key() {
      return tenant + "\n" + conversationId + "\n" + right.kind() + "\n" + right.id();
    }
  }
}
