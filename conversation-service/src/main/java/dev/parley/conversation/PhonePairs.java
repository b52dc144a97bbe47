package dev.parley.conversation;

import dev.parley.chassis.problem.Code;
import dev.parley.chassis.problem.Problem;
import dev.parley.chassis.tx.Work;
import dev.parley.contracts.event.ConversationState;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Which conversation a text belongs to: (our number, their number) is bound to one that is not
 * archived (product.md §5, "Binding").
 */
@ApplicationScoped
public class PhonePairs {
  private static final String RELEASE =
      """
      delete from phone_pair
      where tenant = $1 and conversation_id = $2
        and (own_number <> $3 or their_number <> all($4))
      """;

  private static final String CLAIM =
      """
      insert into phone_pair (tenant, own_number, their_number, conversation_id)
      select $1, $3, their, $2 from unnest($4::text[]) their order by their
      on conflict do nothing
      """;

  private static final String TAKEN =
      """
      select their_number from phone_pair
      where tenant = $1 and own_number = $3 and their_number = any($4) and conversation_id <> $2
      order by their_number
      """;

  private static final String HOLDER =
      """
      select conversation_id from phone_pair
      where tenant = $1 and own_number = $2 and their_number = $3
      """;

  PhonePairs() {}

  /**
   * Binds the pairs of a conversation that the work has locked, and lets go of those that it has no
   * more; all of them when it is archived.
   *
   * @throws Problem 409 {@code number_in_use} when one is bound elsewhere
   */
  Uni<Void> keep(Work work, Conversation c) {
    if (c.ownNumber() == null) {
      return Uni.createFrom().voidItem();
    }
    boolean archived = c.state() == ConversationState.ARCHIVED;
    String[] theirs = archived ? new String[0] : c.numbers().toArray(String[]::new);
    Tuple pairs = Tuple.of(c.tenant(), c.id(), c.ownNumber(), theirs);
    Query query = Query.in(work);
    return query
        .run(RELEASE, pairs)
        .chain(() -> query.run(CLAIM, pairs))
        .chain(() -> query.list(TAKEN, pairs, row -> row.getString("their_number")))
        .invoke(
            taken -> {
              if (!taken.isEmpty()) {
                throw Problem.of(Code.NUMBER_IN_USE, "Another conversation has these numbers now.");
              }
            })
        .replaceWithVoid();
  }

  /** Those of their numbers that are bound with ours. */
  public Uni<List<String>> taken(Query query, String tenant, String own, List<String> theirs) {
    return query.list(
        TAKEN,
        Tuple.of(tenant, new UUID(0, 0), own, theirs.toArray(String[]::new)),
        row -> row.getString("their_number"));
  }

  /** The conversation that the pair is bound to. */
  public Uni<Optional<UUID>> holder(Query query, String tenant, String own, String theirs) {
    return query.first(
        HOLDER, Tuple.of(tenant, own, theirs), row -> row.getUUID("conversation_id"));
  }
}
