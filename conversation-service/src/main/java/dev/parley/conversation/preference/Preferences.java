package dev.parley.conversation.preference;

import dev.parley.chassis.caller.Caller;
import dev.parley.chassis.tx.Tx;
import dev.parley.conversation.Seen;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Arrays;

/** The store of what people keep of conversations for themselves. */
@ApplicationScoped
class Preferences {
  private static final String PUT =
      """
      with kept as (
        insert into preference as p (tenant, kind, subject_id, conversation_id, starred, hidden_seq,
                                     version)
        values ($1, $2, $3, $4, coalesce($5::boolean, false),
                case when $6::boolean then $7::bigint end, 1)
        on conflict (tenant, kind, subject_id, conversation_id) do update
        set starred = coalesce($5::boolean, p.starred),
            hidden_seq = case when $6::boolean is null then p.hidden_seq
                              when $6 then $7::bigint end,
            version = p.version + 1
        returning starred, hidden_seq)
      update member m set starred = kept.starred, hidden_seq = kept.hidden_seq
      from kept
      where m.tenant = $1 and m.conversation_id = $4 and m.kind = $2 and m.subject_id = $3
        and m.state in ('requested', 'active')
      """;

  private final Tx tx;

  Preferences(Tx tx) {
    this.tx = tx;
  }

  /** Stores what is not null; hidden is up to the newest message that the reader has seen. */
  Uni<Void> put(Caller caller, Seen seen, Boolean starred, Boolean hidden) {
    return tx.write(
        work ->
            work.sql()
                .preparedQuery(PUT)
                .execute(
                    Tuple.from(
                        Arrays.asList(
                            caller.tenant(),
                            caller.kind(),
                            caller.id(),
                            seen.conversation().id(),
                            starred,
                            hidden,
                            seen.lastSeq())))
                .replaceWithVoid());
  }
}
