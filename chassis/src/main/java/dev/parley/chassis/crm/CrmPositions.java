package dev.parley.chassis.crm;

import dev.parley.chassis.tx.Tx;
import dev.parley.chassis.tx.Work;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/** How far a copy has come, in a table beside it: whichever node is ahead, no place goes back. */
public final class CrmPositions {
  private static final String MOVE =
      """
      insert into %s as p (topic, partition_id, next_offset)
      select * from unnest($1::text[], $2::int[], $3::bigint[])
      on conflict (topic, partition_id) do update
        set next_offset = greatest(p.next_offset, excluded.next_offset)
      """;
  private static final String POSITIONS = "select topic, partition_id, next_offset from %s";

  private final Tx tx;
  private final String move;
  private final String positions;

  /**
   * Those of one copy.
   *
   * @param table its name, with {@code topic}, {@code partition_id} and {@code next_offset}
   */
  public CrmPositions(Tx tx, String table) {
    this.tx = tx;
    this.move = MOVE.formatted(table);
    this.positions = POSITIONS.formatted(table);
  }

  /** Where to go on reading; a partition that was never read is not in it. */
  public Uni<Map<TopicPartition, Long>> all() {
    return tx.ofAllTenants()
        .read(positions, Tuple.tuple())
        .map(
            rows -> {
              Map<TopicPartition, Long> all = new HashMap<>();
              rows.forEach(
                  row ->
                      all.put(
                          new TopicPartition(row.getString(0), row.getInteger(1)), row.getLong(2)));
              return all;
            });
  }

  /** Remembers the places without anything that was copied. */
  public Uni<Void> move(Map<TopicPartition, Long> behind) {
    return tx.ofAllTenants().write(work -> move(work, behind));
  }

  /** Remembers the places together with what was copied before them. */
  public Uni<Void> move(Work work, Map<TopicPartition, Long> behind) {
    List<TopicPartition> partitions = List.copyOf(behind.keySet());
    Tuple values =
        Tuple.of(
            partitions.stream().map(TopicPartition::topic).toArray(String[]::new),
            partitions.stream().map(TopicPartition::partition).toArray(Integer[]::new),
            partitions.stream().map(behind::get).toArray(Long[]::new));
    return work.sql().preparedQuery(move).execute(values).replaceWithVoid();
  }
}
