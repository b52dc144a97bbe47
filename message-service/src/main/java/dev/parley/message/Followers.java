package dev.parley.message;

import dev.parley.chassis.caller.Caller;
import dev.parley.chassis.tx.Work;
import dev.parley.contracts.event.Message;
import dev.parley.contracts.event.Visibility;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/**
 * Who follows a thread without having asked for it: who began it, who replies there and who is
 * mentioned there (product.md §4, Threads). Everything here runs under the lock of the
 * conversation's head.
 */
@ApplicationScoped
public class Followers {
  /** Who began the thread: once, with its first reply. */
  private static final String STARTED =
      """
      insert into thread_follow (tenant, kind, subject_id, conversation_id, root_id, root_seq,
        following, read_seq)
      select $1, m.kind, m.subject_id, $2, $3, $4, true, $4
      from member m
      where m.tenant = $1 and m.conversation_id = $2 and m.kind = $5 and m.subject_id = $6
        and m.granted and m.visible_from_seq <= $4
      on conflict do nothing
      """;

  /**
   * $4 the reply's place; $5, $6 who wrote it, null when that leaves no mark; $7 the mentioned; $8
   * whether who wrote it was there; $9 whether clients get it.
   */
  private static final String JOINED =
      """
      insert into thread_follow as f (tenant, kind, subject_id, conversation_id, root_id, root_seq,
        following, read_seq)
      select $1, m.kind, m.subject_id, $2, root.id, root.seq, true,
        case when $8 and m.kind = $5 and m.subject_id = $6 then $4::bigint
          else $4::bigint - 1 end
      from member m
      join message root on root.tenant = m.tenant and root.id = $3
      where m.tenant = $1 and m.conversation_id = $2 and m.granted
        and m.visible_from_seq <= root.seq
        and (m.kind = $5 and m.subject_id = $6
          or (m.kind = 'user' or m.kind = 'client' and $9) and %s)
      on conflict (tenant, kind, subject_id, conversation_id, root_id) do update
      set following = true,
        read_seq = case when f.following and excluded.read_seq < $4 then f.read_seq
          else greatest(f.read_seq, excluded.read_seq) end
      """
          .formatted(Mentions.names("m", "$7"));

  Followers() {}

  /** A reply was placed there, under that root. */
  Uni<Void> replied(Work work, Caller caller, Draft draft, long seq, Row root) {
    Message reply = draft.message();
    boolean first = root.getLong("thread_count") == 1;
    Uni<?> started =
        first
            ? work.sql().preparedQuery(STARTED).execute(starter(caller, root))
            : Uni.createFrom().voidItem();
    boolean marks = caller.impersonator() == null;
    return started.chain(
        () ->
            joined(
                work,
                caller.tenant(),
                reply,
                seq,
                marks ? caller : null,
                reply.mentions(),
                draft.isAttended()));
  }

  /**
   * An edit has mentioned these anew: where the message is a reply, they follow its thread as if it
   * had been said to them at first.
   */
  public Uni<Void> mentioned(Revisions.Held held, List<String> people) {
    Message message = held.message();
    return message.threadRoot() == null || people.isEmpty()
        ? Uni.createFrom().voidItem()
        : joined(held.work(), held.caller().tenant(), message, message.seq(), null, people, false);
  }

  private static Uni<Void> joined(
      Work work,
      String tenant,
      Message reply,
      long seq,
      Caller author,
      List<String> mentioned,
      boolean attended) {
    return work.sql()
        .preparedQuery(JOINED)
        .execute(
            Tuple.tuple()
                .addString(tenant)
                .addUUID(reply.conversationId())
                .addUUID(reply.threadRoot())
                .addLong(seq)
                .addString(author == null ? null : author.kind())
                .addString(author == null ? null : author.id())
                .addArrayOfString(mentioned.toArray(String[]::new))
                .addBoolean(attended)
                .addBoolean(reply.visibility() == Visibility.ALL))
        .replaceWithVoid();
  }

  private static Tuple starter(Caller caller, Row root) {
    return Tuple.tuple()
        .addString(caller.tenant())
        .addUUID(root.getUUID("conversation_id"))
        .addUUID(root.getUUID("id"))
        .addLong(root.getLong("seq"))
        .addString(root.getString("author_kind"))
        .addString(root.getString("author_id"));
  }
}
