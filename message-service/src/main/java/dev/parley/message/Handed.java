package dev.parley.message;

import dev.parley.contracts.event.ConversationType;
import dev.parley.contracts.event.Visibility;
import dev.parley.message.Revisions.Held;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;

/** What has been handed over to go out as SMS, and so cannot be called back. */
@ApplicationScoped
public class Handed {
  private static final String TO_PHONES =
      """
      select exists (select from delivery where tenant = $1 and message_id = $2)
          or exists (select from member where tenant = $1 and conversation_id = $3
                       and kind = 'phone' and granted and effective_seq < $4) as gone
      """;

  Handed() {}

  /**
   * Whether the message goes, or went, to phones: to those that took part when it was said. Notes
   * never do.
   */
  public Uni<Boolean> toPhones(Held held) {
    if (held.message().visibility() != Visibility.ALL) {
      return Uni.createFrom().item(false);
    }
    if (held.access().type() == ConversationType.SMS) {
      return Uni.createFrom().item(true);
    }
    return held.work()
        .sql()
        .preparedQuery(TO_PHONES)
        .execute(
            Tuple.of(
                held.caller().tenant(),
                held.message().id(),
                held.message().conversationId(),
                held.message().seq()))
        .map(rows -> rows.iterator().next().getBoolean("gone"));
  }
}
