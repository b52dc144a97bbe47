package dev.parley.conversation.assign;

import dev.parley.chassis.await.Waiter;
import dev.parley.chassis.tx.Tx;
import dev.parley.conversation.Conversation;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/**
 * Waits, up to 1 s, until an assignment binds: until whoever takes part because of it, and whoever
 * does not any more, has their place among the messages and the record of it is back. From then on
 * it holds in every service that has read so far, as a member's removal does.
 */
@ApplicationScoped
class Binding {
  private static final String UNDER_WAY =
      """
      select exists (select from derivation_due where tenant = $1 and conversation_id = $2)
        or exists (select from member where tenant = $1 and conversation_id = $2
                   and state in ('requested', 'removing'))
      """;

  private final Waiter waiter;
  private final Tx tx;

  Binding(Waiter waiter, Tx tx) {
    this.waiter = waiter;
    this.tx = tx;
  }

  Uni<Void> await(Conversation conversation) {
    return waiter
        .await("members/" + conversation.id(), () -> isSettled(conversation))
        .replaceWithVoid();
  }

  private Uni<Optional<Boolean>> isSettled(Conversation conversation) {
    return tx.read(UNDER_WAY, Tuple.of(conversation.tenant(), conversation.id()))
        .map(rows -> rows.iterator().next().getBoolean(0) ? Optional.empty() : Optional.of(true));
  }
}
