package dev.parley.message.bookmark;

import dev.parley.chassis.await.Waiter;
import dev.parley.chassis.caller.Caller;
import dev.parley.chassis.problem.Code;
import dev.parley.chassis.problem.Problem;
import dev.parley.chassis.tx.Tx;
import dev.parley.contracts.event.BookmarkVisibility;
import dev.parley.message.Revisions.Seen;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** To whom something may be given to do: to users who see the message. */
@ApplicationScoped
class Assignees {
  private static final String SEES =
      """
      select 1 where (
        exists (select from user_copy where tenant = $1 and id = $3)
        or exists (select from member where tenant = $1 and conversation_id = $2
                     and kind = 'user' and subject_id = $3))
      and %s
      """
          .formatted(Sight.of("$1", "$2", "$4::bigint", "$3"));

  private final Tx tx;
  private final Waiter waiter;

  Assignees(Tx tx, Waiter waiter) {
    this.tx = tx;
    this.waiter = waiter;
  }

  /**
   * What is private is nobody else's to do.
   *
   * @throws Problem 400
   */
  static void requireOwn(Caller caller, String assigneeId, BookmarkVisibility visibility) {
    if (visibility == BookmarkVisibility.PRIVATE
        && assigneeId != null
        && !assigneeId.equals(caller.id())) {
      throw Problem.invalid("assigneeId", "is for bookmarks that others see");
    }
  }

  /**
   * Checks an assignee; somebody whom the CRM has told of a moment ago is waited for.
   *
   * @throws Problem 400 for a private bookmark of somebody else's; 422 {@code unknown_reference}
   */
  Uni<Void> check(Caller caller, Seen seen, String assigneeId, BookmarkVisibility visibility) {
    if (assigneeId == null || assigneeId.equals(caller.id())) {
      return Uni.createFrom().voidItem();
    }
    requireOwn(caller, assigneeId, visibility);
    Tuple values =
        Tuple.of(
            caller.tenant(),
            seen.stored().message().conversationId(),
            assigneeId,
            seen.stored().message().seq());
    return waiter
        .await(
            "assignee/" + assigneeId,
            () ->
                tx.read(SEES, values)
                    .map(rows -> rows.size() == 0 ? Optional.empty() : Optional.of(true)))
        .map(
            known -> {
              if (known.isEmpty()) {
                throw Problem.at(
                    Code.UNKNOWN_REFERENCE, "assigneeId", "is no user who sees the message");
              }
              return null;
            });
  }
}
