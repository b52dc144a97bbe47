package dev.parley.message.threads;

import dev.parley.chassis.caller.Caller;
import dev.parley.chassis.problem.Code;
import dev.parley.chassis.problem.Problem;
import dev.parley.chassis.tx.Tx;
import dev.parley.contracts.event.Message;
import dev.parley.message.CountLog;
import dev.parley.message.Revisions;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Follows a thread by hand, or no more; what was replied before is not unread. That is a mark of
 * reading, so nobody makes it in another's name.
 */
@ApplicationScoped
class FollowThread {
  private static final String SET =
      """
      with changed as (
        insert into thread_follow as f (tenant, kind, subject_id, conversation_id, root_id, root_seq,
          following, read_seq)
        select $1, $2, $3, $4, r.id, r.seq, $6, greatest(r.seq, r.thread_seq)
        from message r where r.tenant = $1 and r.id = $5
        on conflict (tenant, kind, subject_id, conversation_id, root_id) do update
        set following = excluded.following, read_seq = greatest(f.read_seq, excluded.read_seq)
        where f.following <> excluded.following
        returning 1
      )
      update member set marks = marks + 1
      where tenant = $1 and conversation_id = $4 and kind = $2 and subject_id = $3
        and exists (select from changed)
      """;

  private final Revisions revisions;
  private final CountLog log;
  private final Tx tx;

  FollowThread(Revisions revisions, CountLog log, Tx tx) {
    this.revisions = revisions;
    this.log = log;
    this.tx = tx;
  }

  Uni<Void> follow(Caller caller, String rootId, boolean following) {
    return revisions
        .find(caller, rootId)
        .flatMap(
            seen -> {
              Message root = seen.stored().message();
              if (caller.impersonator() != null) {
                throw Problem.of(Code.IMPERSONATION_FORBIDDEN, "They follow for themselves.");
              }
              if (!seen.access().member()) {
                throw Problem.of(Code.FORBIDDEN, "Join to follow.");
              }
              if (root.threadRoot() != null) {
                throw Problem.of(Code.NOT_APPLICABLE, "Threads are followed by their root.");
              }
              Tuple set =
                  Tuple.tuple()
                      .addString(caller.tenant())
                      .addString(caller.kind())
                      .addString(caller.id())
                      .addUUID(root.conversationId())
                      .addUUID(root.id())
                      .addBoolean(following);
              return tx.write(work -> work.sql().preparedQuery(SET).execute(set))
                  .flatMap(
                      rows ->
                          rows.rowCount() == 0
                              ? Uni.createFrom().voidItem()
                              : log.tell(caller, root.conversationId()).replaceWithVoid());
            });
  }
}
