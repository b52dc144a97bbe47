package dev.parley.message.reading;

import dev.parley.chassis.caller.Caller;
import dev.parley.chassis.tx.Tx;
import dev.parley.chassis.tx.Work;
import dev.parley.message.Mentions;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.UUID;

/**
 * How far people have read the threads that they follow; of others nothing is kept, since nothing
 * of them is unread.
 */
@ApplicationScoped
class ThreadMarks {
  private static final String MOVED =
      """
      with moved as (
        update thread_follow f
        set read_seq = p.seq, seen_seq = greatest(f.seen_seq, f.read_seq)
        from (%s) p
        where f.tenant = $1 and f.conversation_id = $2 and f.kind = $3 and f.subject_id = $4
          and f.root_id = $5 and %s
        returning f.read_seq, f.read_seq > f.seen_seq as further, f.root_seq
      ), noted as (
        update member set marks = marks + 1
        where tenant = $1 and conversation_id = $2 and kind = $3 and subject_id = $4
          and exists (select from moved)
      )
      select read_seq, further, root_seq from moved
      """;
  private static final String READ =
      MOVED.formatted(
          "select least($6, case $3 when 'client' then client_seq else last_seq end) as seq"
              + " from timeline where tenant = $1 and conversation_id = $2",
          "p.seq > f.read_seq");
  private static final String UNREAD_FROM =
      MOVED.formatted(
          """
          select greatest($6::bigint - 1, root_seq) as seq from thread_follow
          where tenant = $1 and conversation_id = $2 and kind = $3 and subject_id = $4
            and root_id = $5
          """,
          "p.seq < f.read_seq");
  private static final String STATE =
      """
      select f.read_seq, count(x.id) as unread,
        count(x.id) filter (where x.mentions && array['channel', 'here']
          or %s) as mentions
      from thread_follow f
      left join message x on f.following and x.tenant = f.tenant and x.thread_root = f.root_id
        and x.seq > f.read_seq and x.kind = 'user' and x.deleted_at is null
        and not (x.author_id = f.subject_id and x.author_kind = f.kind)
        and (f.kind = 'user' or x.visibility = 'all')
      where f.tenant = $1 and f.conversation_id = $2 and f.kind = $3 and f.subject_id = $4
        and f.root_id = $5
      group by f.read_seq
      """
          .formatted(Mentions.names("f", "x.mentions"));

  private final Tx tx;

  ThreadMarks(Tx tx) {
    this.tx = tx;
  }

  /** Moves the mark forward; empty when nothing changes. */
  Uni<Optional<Moved>> read(Work work, Caller caller, UUID conversation, UUID root, long seq) {
    return moved(work, READ, thread(caller, conversation, root).addLong(seq));
  }

  /** Moves the mark back, to the root at most; empty when nothing changes. */
  Uni<Optional<Moved>> unreadFrom(
      Work work, Caller caller, UUID conversation, UUID root, long seq) {
    return moved(work, UNREAD_FROM, thread(caller, conversation, root).addLong(seq));
  }

  /** How the caller stands in a thread; in one never followed, all is read. */
  Uni<ReadState> state(Caller caller, UUID conversation, UUID root, long lastSeq, long version) {
    return tx.read(STATE, thread(caller, conversation, root))
        .map(
            rows -> {
              if (rows.size() == 0) {
                return new ReadState(lastSeq, 0, 0, version);
              }
              Row row = rows.iterator().next();
              return new ReadState(
                  row.getLong("read_seq"), row.getLong("unread"), row.getLong("mentions"), version);
            });
  }

  private static Uni<Optional<Moved>> moved(Work work, String statement, Tuple parameters) {
    return work.sql()
        .preparedQuery(statement)
        .execute(parameters)
        .map(
            rows ->
                rows.size() == 0
                    ? Optional.empty()
                    : Optional.of(Moved.of(rows.iterator().next())));
  }

  private static Tuple thread(Caller caller, UUID conversation, UUID root) {
    return Tuple.tuple()
        .addString(caller.tenant())
        .addUUID(conversation)
        .addString(caller.kind())
        .addString(caller.id())
        .addUUID(root);
  }
}
