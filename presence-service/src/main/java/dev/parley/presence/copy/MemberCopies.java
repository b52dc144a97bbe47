package dev.parley.presence.copy;

import dev.parley.chassis.tx.Tx;
import dev.parley.chassis.tx.Work;
import dev.parley.contracts.Right;
import dev.parley.presence.LogRecord;
import dev.parley.presence.Session;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The copy of all memberships, with the place of the log that it stands for.
 *
 * <p>A change is applied by {@code rev}, so repeats and late repeats of the log change nothing; the
 * position is written in the same transaction and never goes back. Hence whoever reads both in one
 * statement has exactly the memberships of that place of the log.
 */
@ApplicationScoped
public class MemberCopies {
  private static final String UPSERT =
      """
      insert into member_copy as c (tenant, conversation_id, kind, id, granted, effective_seq,
                                    visible_from_seq, rev, since_rev)
      select t, v, k, i, g, e, f, r, s
      from unnest($1::text[], $2::uuid[], $3::text[], $4::text[], $5::boolean[], $6::bigint[],
                  $7::bigint[], $8::bigint[], $9::bigint[]) as n(t, v, k, i, g, e, f, r, s)
      on conflict (tenant, kind, id, conversation_id) do update
      set granted = excluded.granted, effective_seq = excluded.effective_seq,
          visible_from_seq = excluded.visible_from_seq, rev = excluded.rev,
          since_rev = case when c.granted and excluded.granted then c.since_rev
                           else excluded.since_rev end
      where excluded.rev > c.rev
      """;
  private static final String MOVE =
      """
      insert into copy_position as p (partition_id, next_offset)
      select * from unnest($1::int[], $2::bigint[])
      on conflict (partition_id) do update
      set next_offset = greatest(p.next_offset, excluded.next_offset)
      """;
  private static final String SNAPSHOT =
      """
      select p.partitions, p.offsets, m.conversations, m.granted, m.froms, m.revs, m.sinces
      from (select coalesce(array_agg(partition_id), '{}') as partitions,
                   coalesce(array_agg(next_offset), '{}') as offsets
            from copy_position) p,
           (select coalesce(array_agg(conversation_id), '{}') as conversations,
                   coalesce(array_agg(granted), '{}') as granted,
                   coalesce(array_agg(visible_from_seq), '{}') as froms,
                   coalesce(array_agg(rev), '{}') as revs,
                   coalesce(array_agg(since_rev), '{}') as sinces
            from member_copy where tenant = $1 and kind = $2 and id = $3) m
      """;

  private final Tx tx;

  MemberCopies(Tx tx) {
    this.tx = tx;
  }

  /**
   * Applies the rights of records that follow each other, and moves the position behind them.
   *
   * @param positions partition → next offset
   */
  public Uni<Void> apply(Work work, List<LogRecord> records, Map<Integer, Long> positions) {
    Map<List<Object>, Change> ended = new LinkedHashMap<>();
    Map<List<Object>, Change> newest = new LinkedHashMap<>();
    sort(records, ended, newest);
    Tuple moved =
        Tuple.of(
            positions.keySet().toArray(Integer[]::new), positions.values().toArray(Long[]::new));
    return write(work, ended.values())
        .chain(() -> write(work, newest.values()))
        .chain(() -> work.sql().preparedQuery(MOVE).execute(moved))
        .replaceWithVoid();
  }

  private static Uni<?> write(Work work, Collection<Change> changes) {
    return changes.isEmpty()
        ? Uni.createFrom().voidItem()
        : work.sql().preparedQuery(UPSERT).execute(tuple(changes));
  }

  /** The person's memberships and the place of the log that they stand for: one statement. */
  public Uni<Snapshot> snapshot(Session session) {
    return tx.in(session.tenant())
        .read(SNAPSHOT, Tuple.of(session.tenant(), session.kind(), session.id()))
        .map(rows -> snapshot(rows.iterator().next()));
  }

  /**
   * One statement can change a row once only: of a person's changes in a batch the last counts.
   * Whoever was taken out and came back within it was out all the same, so that is written first.
   */
  private static void sort(
      List<LogRecord> records, Map<List<Object>, Change> ended, Map<List<Object>, Change> newest) {
    for (LogRecord record : records) {
      for (Right right : record.rights()) {
        List<Object> seat =
            List.of(record.tenant(), record.conversationId(), right.kind(), right.id());
        Change before = newest.get(seat);
        if (before == null) {
          newest.put(seat, new Change(record, right, record.rev()));
        } else if (record.rev() > before.record.rev()) {
          boolean goesOn = before.right.granted() && right.granted();
          if (!before.right.granted() && right.granted()) {
            ended.put(seat, before);
          }
          newest.put(seat, new Change(record, right, goesOn ? before.since : record.rev()));
        }
      }
    }
  }

  private static Tuple tuple(Collection<Change> changes) {
    List<Change> all = List.copyOf(changes);
    int n = all.size();
    String[] tenants = new String[n];
    UUID[] conversations = new UUID[n];
    String[] kinds = new String[n];
    String[] ids = new String[n];
    Boolean[] granted = new Boolean[n];
    Long[] effective = new Long[n];
    Long[] from = new Long[n];
    Long[] revs = new Long[n];
    Long[] since = new Long[n];
    for (int i = 0; i < n; i++) {
      Change change = all.get(i);
      tenants[i] = change.record.tenant();
      conversations[i] = change.record.conversationId();
      kinds[i] = change.right.kind();
      ids[i] = change.right.id();
      granted[i] = change.right.granted();
      effective[i] = change.right.effectiveSeq();
      from[i] = change.right.visibleFromSeq();
      revs[i] = change.record.rev();
      since[i] = change.since;
    }
    return Tuple.from(
        Arrays.<Object>asList(
            tenants, conversations, kinds, ids, granted, effective, from, revs, since));
  }

  private static Snapshot snapshot(Row row) {
    Integer[] partitions = row.getArrayOfIntegers(0);
    Long[] offsets = row.getArrayOfLongs(1);
    int count = Arrays.stream(partitions).mapToInt(p -> p + 1).max().orElse(0);
    long[] positions = new long[count];
    Arrays.fill(positions, -1);
    for (int i = 0; i < partitions.length; i++) {
      positions[partitions[i]] = offsets[i];
    }
    UUID[] conversations = row.getArrayOfUUIDs(2);
    Boolean[] granted = row.getArrayOfBooleans(3);
    Long[] from = row.getArrayOfLongs(4);
    Long[] revs = row.getArrayOfLongs(5);
    Long[] since = row.getArrayOfLongs(6);
    List<Membership> memberships = new ArrayList<>(conversations.length);
    for (int i = 0; i < conversations.length; i++) {
      memberships.add(new Membership(conversations[i], granted[i], from[i], revs[i], since[i]));
    }
    return new Snapshot(positions, memberships);
  }

  /** A change of a right, and the place in the log where what it leaves has begun. */
  private record Change(LogRecord record, Right right, long since) {}
}
