package dev.parley.message.reading;

import dev.parley.chassis.caller.Caller;
import dev.parley.chassis.tx.Tx;
import dev.parley.chassis.tx.Work;
import dev.parley.contracts.Recipient;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * How far members have read: {@code read_seq} and, with it, the conversation's running number of
 * messages at that place. Both change together or not at all; of two marks at once the higher one
 * stays.
 *
 * <p>A newcomer's mark stands where they came, so that what was said before is not unread. They
 * have read none of it by that: what they have seen begins with their own first mark or message.
 */
@ApplicationScoped
class ReadMarks {
  private static final String READ =
      """
      update member m
      set read_seq = x.seq, marks = m.marks + 1,
        read_at = case when x.seq > coalesce(m.seen_seq, -1) then $6 else m.read_at end,
        read_count = case m.kind when 'client' then x.client_count else x.staff_count end
      from message x
      where m.tenant = $1 and m.conversation_id = $2 and m.kind = $3 and m.subject_id = $4
        and m.granted
        and x.tenant = $1 and x.conversation_id = $2 and (x.seq > m.read_seq
          or m.read_at is null and x.seq = m.read_seq and x.seq >= m.visible_from_seq)
        and x.seq = least($5, (
          select case $3 when 'client' then client_seq else last_seq end from timeline
          where tenant = $1 and conversation_id = $2))
      returning m.read_seq, m.read_seq > coalesce(m.seen_seq, -1) as further,
        null::bigint as root_seq
      """;
  private static final String UNREAD_FROM =
      """
      update member m
      set read_seq = p.seq, marks = m.marks + 1, read_count = p.count,
        seen_seq = case when m.read_at is not null then greatest(m.seen_seq, m.read_seq) end
      from (
        select g.seq,
          coalesce(case $3 when 'client' then x.client_count else x.staff_count end, 0) as count
        from (
          select greatest($5, visible_from_seq) - 1 as seq from member
          where tenant = $1 and conversation_id = $2 and kind = $3 and subject_id = $4) g
        left join message x on x.tenant = $1 and x.conversation_id = $2 and x.seq = g.seq) p
      where m.tenant = $1 and m.conversation_id = $2 and m.kind = $3 and m.subject_id = $4
        and m.granted and p.seq < m.read_seq
      returning m.read_seq, false as further, null::bigint as root_seq
      """;
  private static final String MEMBERS =
      """
      select kind, subject_id, visible_from_seq, read_at,
        case when read_at is null then 0 else greatest(read_seq, seen_seq) end as seen_seq
      from member
      where tenant = $1 and conversation_id = $2 and granted and kind <> 'phone'
      order by kind, subject_id
      limit $3
      """;
  private static final String COUNT =
      """
      select count(*) from member
      where tenant = $1 and conversation_id = $2 and granted and kind = 'user'
        and read_at is not null and greatest(read_seq, seen_seq) >= $3
      """;

  private final Tx tx;

  ReadMarks(Tx tx) {
    this.tx = tx;
  }

  /** What a member may see, what they have seen themselves, 0 for nothing, and since when. */
  record Mark(Recipient member, long visibleFromSeq, long seenSeq, Instant at) {}

  /**
   * Moves the mark forward, at most to the newest message that they see; empty when it stands there
   * already, unless it is the first mark of a newcomer: they have seen now what was said before. A
   * client's mark must not tell that there is a note behind it.
   */
  Uni<Optional<Moved>> read(Work work, Caller caller, UUID conversation, long seq, Instant at) {
    return changed(
        work,
        READ,
        person(caller, conversation).addLong(seq).addOffsetDateTime(at.atOffset(ZoneOffset.UTC)));
  }

  /** Moves the mark back before that message; empty when that much is unread already. */
  Uni<Optional<Moved>> unreadFrom(Work work, Caller caller, UUID conversation, long seq) {
    return changed(work, UNREAD_FROM, person(caller, conversation).addLong(seq));
  }

  /** Where up to so many members stand, phones aside. */
  Uni<List<Mark>> members(String tenant, UUID conversation, int atMost) {
    return tx.read(MEMBERS, Tuple.of(tenant, conversation, atMost)).map(ReadMarks::marks);
  }

  /** The same as the transaction sees it. */
  Uni<List<Mark>> members(Work work, String tenant, UUID conversation, int atMost) {
    return work.sql()
        .preparedQuery(MEMBERS)
        .execute(Tuple.of(tenant, conversation, atMost))
        .map(ReadMarks::marks);
  }

  /** How many users have read up to there. */
  Uni<Long> readers(String tenant, UUID conversation, long seq) {
    return tx.read(COUNT, Tuple.of(tenant, conversation, seq))
        .map(rows -> rows.iterator().next().getLong(0));
  }

  private static Uni<Optional<Moved>> changed(Work work, String statement, Tuple parameters) {
    return work.sql()
        .preparedQuery(statement)
        .execute(parameters)
        .map(
            rows ->
                rows.size() == 0
                    ? Optional.empty()
                    : Optional.of(Moved.of(rows.iterator().next())));
  }

  private static Tuple person(Caller caller, UUID conversation) {
    return Tuple.of(caller.tenant(), conversation, caller.kind(), caller.id());
  }

  private static List<Mark> marks(RowSet<Row> rows) {
    List<Mark> marks = new ArrayList<>(rows.size());
    rows.forEach(row -> marks.add(mark(row)));
    return marks;
  }

  private static Mark mark(Row row) {
    return new Mark(
        new Recipient(row.getString("kind"), row.getString("subject_id")),
        row.getLong("visible_from_seq"),
        row.getLong("seen_seq"),
        row.getOffsetDateTime("read_at") == null
            ? null
            : row.getOffsetDateTime("read_at").toInstant());
  }
}
