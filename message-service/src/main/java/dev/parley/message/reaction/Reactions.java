package dev.parley.message.reaction;

import dev.parley.message.Revisions.Held;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.ZoneOffset;
import java.util.UUID;

/** The store of reactions. Everything here runs under the lock of the conversation's head. */
@ApplicationScoped
class Reactions {
  private static final String STATE =
      """
      select count(distinct emoji) as kinds, coalesce(bool_or(emoji = $3), false) as known,
             coalesce(bool_or(emoji = $3 and kind = $4 and subject_id = $5), false) as mine
      from reaction where tenant = $1 and message_id = $2
      """;

  private static final String ADD =
      """
      insert into reaction (tenant, message_id, emoji, kind, subject_id, at)
      values ($1, $2, $3, $4, $5, $6)
      """;

  private static final String REMOVE =
      """
      delete from reaction
      where tenant = $1 and message_id = $2 and emoji = $3 and kind = $4 and subject_id = $5
      """;

  private static final String COUNT =
      """
      update message set reaction_version = reaction_version + 1 where tenant = $1 and id = $2
      returning reaction_version, (select count(*)::int from reaction r
        where r.tenant = $1 and r.message_id = $2 and r.emoji = $3) as n
      """;

  private static final String FORGET = "delete from reaction where tenant = $1 and message_id = $2";

  Reactions() {}

  /**
   * What a message has of reactions.
   *
   * @param kinds how many different ones
   * @param known whether this one is among them
   * @param mine whether the caller reacted so
   */
  record State(int kinds, boolean known, boolean mine) {}

  /** How many reacted so, and the version that a message's reactions have. */
  record Count(int count, long version) {}

  Uni<State> state(Held held, String emoji) {
    return run(held, STATE, mine(held, emoji))
        .map(
            rows -> {
              Row row = rows.iterator().next();
              return new State(
                  row.getLong("kinds").intValue(), row.getBoolean("known"), row.getBoolean("mine"));
            });
  }

  Uni<Void> add(Held held, String emoji) {
    return run(held, ADD, mine(held, emoji).addOffsetDateTime(held.now().atOffset(ZoneOffset.UTC)))
        .replaceWithVoid();
  }

  Uni<Void> remove(Held held, String emoji) {
    return run(held, REMOVE, mine(held, emoji)).replaceWithVoid();
  }

  /** After a change. */
  Uni<Count> count(Held held, String emoji) {
    return run(held, COUNT, Tuple.of(held.caller().tenant(), held.message().id(), emoji))
        .map(rows -> rows.iterator().next())
        .map(row -> new Count(row.getInteger("n"), row.getLong("reaction_version")));
  }

  /** Keeps none of the message's. */
  Uni<Void> forget(Held held) {
    UUID id = held.message().id();
    return run(held, FORGET, Tuple.of(held.caller().tenant(), id)).replaceWithVoid();
  }

  private static Tuple mine(Held held, String emoji) {
    return Tuple.of(
        held.caller().tenant(),
        held.message().id(),
        emoji,
        held.caller().kind(),
        held.caller().id());
  }

  private static Uni<RowSet<Row>> run(Held held, String statement, Tuple values) {
    return held.work().sql().preparedQuery(statement).execute(values);
  }
}
