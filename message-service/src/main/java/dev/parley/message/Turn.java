package dev.parley.message;

import dev.parley.chassis.tx.Work;
import dev.parley.contracts.Recipient;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.Collection;
import java.util.UUID;

/**
 * Whose turn it is to count and tell. What is counted first is committed first: who tells people of
 * a conversation waits for all who tell somebody of it, and they for them; two who tell one person
 * of it wait for each other. So the order of the outbox is that of the counts.
 *
 * <p>Advisory locks until the work's end, of the conversations in the order of their keys and of a
 * person behind that of the conversation; nobody who holds one waits for a row.
 */
final class Turn {
  private static final int OF_CONVERSATION = 0x0c07;
  private static final int OF_PERSON = 0x0c08;

  private static final String ALL =
      """
      select pg_advisory_xact_lock(%d, k.key)
      from (select distinct hashtext(id::text) as key from unnest($1::uuid[]) c(id)
            order by key offset 0) k
      """
          .formatted(OF_CONVERSATION);

  private static final String ONE =
      """
      select pg_advisory_xact_lock(%d, hashtext($1::uuid::text || ' ' || $2::text))
      from pg_advisory_xact_lock_shared(%d, hashtext($1::uuid::text))
      """
          .formatted(OF_PERSON, OF_CONVERSATION);

  private Turn() {}

  /** To tell the people of these conversations. */
  static Uni<Void> of(Work work, Collection<UUID> conversations) {
    return work.sql()
        .preparedQuery(ALL)
        .execute(Tuple.of(conversations.toArray(UUID[]::new)))
        .replaceWithVoid();
  }

  /** To tell one person of a conversation, which the others of it need not wait for. */
  static Uni<Void> of(Work work, UUID conversation, Recipient who) {
    return work.sql()
        .preparedQuery(ONE)
        .execute(Tuple.of(conversation, who.kind() + " " + who.id()))
        .replaceWithVoid();
  }
}
