package dev.parley.message.send.schedule;

import dev.parley.chassis.caller.Caller;
import dev.parley.chassis.problem.Code;
import dev.parley.chassis.problem.Problem;
import dev.parley.chassis.tx.Work;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Arrays;
import java.util.Optional;

/**
 * What its author has under a plan's clientMsgId already, in that conversation: an id is one plan's
 * or one message's (product.md §4, Send). A plan keeps its id whatever became of it: who repeats
 * what was cancelled, not knowing, does not plan it anew.
 */
@ApplicationScoped
class PlannedBefore {
  private static final String PLAN =
      """
      select * from scheduled_message
      where tenant = $1 and conversation_id = $2 and author_id = $3 and author_kind = $4
        and client_msg_id = $5
      """;
  private static final String MESSAGE =
      """
      select from message
      where tenant = $1 and conversation_id = $2 and author_id = $3 and author_kind = $4
        and client_msg_id = $5
      """;

  /**
   * The plan that was asked for in the same words, as it is now; empty when the id is free.
   *
   * @throws Problem 409 {@code client_msg_id_reused} when the id is another plan's, or a message's
   *     that was not planned or whose plan is forgotten
   */
  Uni<Optional<Scheduled>> find(Work work, Scheduled planned, byte[] fingerprint) {
    return work.sql()
        .preparedQuery(PLAN)
        .execute(named(planned))
        .flatMap(
            plans ->
                plans.size() == 0
                    ? requireNotSent(work, planned)
                    : Uni.createFrom()
                        .item(Optional.of(same(plans.iterator().next(), fingerprint))));
  }

  private static Scheduled same(Row row, byte[] fingerprint) {
    if (!Arrays.equals(row.getBuffer("fingerprint").getBytes(), fingerprint)) {
      throw reused("belongs to another planned message");
    }
    return Scheduled.of(row);
  }

  private static Uni<Optional<Scheduled>> requireNotSent(Work work, Scheduled planned) {
    return work.sql()
        .preparedQuery(MESSAGE)
        .execute(named(planned))
        .map(
            messages -> {
              if (messages.size() > 0) {
                throw reused("belongs to a message that was sent");
              }
              return Optional.empty();
            });
  }

  private static Problem reused(String why) {
    return Problem.at(Code.CLIENT_MSG_ID_REUSED, "clientMsgId", why);
  }

  private static Tuple named(Scheduled planned) {
    Caller author = planned.author();
    return Tuple.of(
        author.tenant(),
        planned.conversationId(),
        author.id(),
        author.kind(),
        planned.message().clientMsgId());
  }
}
