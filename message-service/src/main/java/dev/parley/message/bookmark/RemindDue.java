package dev.parley.message.bookmark;

import dev.parley.chassis.tx.Tx;
import dev.parley.contracts.Actor;
import dev.parley.contracts.EventType;
import dev.parley.contracts.Recipient;
import dev.parley.message.Bookmarks;
import dev.parley.message.PersonalLog;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

/**
 * Reminds of bookmarks that are due, each once: what is claimed and what is told are one
 * transaction, and a claimed one is no other node's. Who has to do it is reminded; who made it
 * where nobody has, or where they do not see the message any more. Who does not see it is not
 * reminded.
 */
@ApplicationScoped
class RemindDue {
  static final int AT_ONCE = 100;

  private static final String CLAIM =
      """
      update bookmark b set reminded_at = $1
      from (select tenant, id from bookmark
            where due_at <= $1 and reminded_at is null and status = 'open'
            order by due_at limit $2 for update skip locked) d
      where b.tenant = d.tenant and b.id = d.id
      returning b.*, case
        when b.assignee_id is not null and %s then b.assignee_id
        when %s then b.created_by
        end as reminded
      """
          .formatted(seenBy("b.assignee_id"), seenBy("b.created_by"));

  private final Tx tx;
  private final Clock clock;

  RemindDue(Tx tx, Clock clock) {
    this.tx = tx;
    this.clock = clock;
  }

  /** Handles what is due now, up to a batch; tells how many that were. */
  Uni<Integer> turn() {
    Instant now = clock.instant();
    return tx.ofAllTenants()
        .write(
            work ->
                work.sql()
                    .preparedQuery(CLAIM)
                    .execute(Tuple.of(now.atOffset(ZoneOffset.UTC), AT_ONCE))
                    .map(
                        rows -> {
                          for (Row row : rows) {
                            String reminded = row.getString("reminded");
                            if (reminded != null) {
                              PersonalLog.emit(
                                  work,
                                  BookmarkTeller.personal(
                                      EventType.BOOKMARK_DUE,
                                      row.getString("tenant"),
                                      Actor.SYSTEM,
                                      now,
                                      Bookmarks.of(row)),
                                  List.of(Recipient.user(reminded)));
                            }
                          }
                          return rows.size();
                        }));
  }

  private static String seenBy(String user) {
    return Sight.of("b.tenant", "b.conversation_id", "b.seq", user);
  }
}
