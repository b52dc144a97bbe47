package dev.parley.conversation.inbound;

import dev.parley.chassis.tx.Work;
import dev.parley.contracts.Envelope;
import dev.parley.contracts.EventType;
import dev.parley.contracts.Json;
import dev.parley.conversation.inbound.Placements.Newest;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Edits and deletions of newest messages: what lists show of them follows. Of a deleted one there
 * is nothing left to show but that it was.
 */
@ApplicationScoped
class Changes {
  /** Filled in with {@code last} or {@code public}; a change of another message finds no row. */
  private static final String CHANGE =
      """
      update activity a
      set %1$s_rev = x.rev, %1$s_words = x.words,
          %1$s_message = coalesce(x.message, (a.%1$s_message::jsonb
            || '{"preview": "", "deleted": true}')::text)
      from (select b.conversation_id, y.rev, y.message, y.words
            from unnest($1::text[], $2::uuid[], $3::bigint[], $4::bigint[], $5::text[], $6::text[])
              as y(tenant, conversation_id, seq, rev, message, words)
            join activity b on b.tenant = y.tenant and b.conversation_id = y.conversation_id
              and b.%1$s_seq = y.seq and b.%1$s_rev < y.rev
            order by b.conversation_id for no key update of b) x
      where a.conversation_id = x.conversation_id
      """;

  private static final List<String> STATEMENTS =
      List.of(CHANGE.formatted("last"), CHANGE.formatted("public"));

  Changes() {}

  private record Place(UUID conversation, long seq) {}

  /** What became of a message; without text it was deleted. */
  private record Change(Envelope event, String message, String words) {
    static Change of(Envelope event) {
      if (EventType.MESSAGE_DELETED.equals(event.type())) {
        return new Change(event, null, "");
      }
      Newest now = Newest.of(event);
      return new Change(event, Json.text(now.message()), now.words());
    }
  }

  /** Takes in changes, in the order of the log. */
  Uni<Void> take(Work work, List<Envelope> events) {
    Map<Place, Envelope> latest = new HashMap<>();
    for (Envelope event : events) {
      latest.merge(
          new Place(event.conversationId(), event.seq()),
          event,
          (a, b) -> b.rev() > a.rev() ? b : a);
    }
    if (latest.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    Tuple columns = columns(latest.values().stream().map(Change::of).toList());
    Uni<Void> done = Uni.createFrom().voidItem();
    for (String statement : STATEMENTS) {
      done =
          done.chain(() -> work.sql().preparedQuery(statement).execute(columns).replaceWithVoid());
    }
    return done;
  }

  private static Tuple columns(Collection<Change> changes) {
    List<Change> all = List.copyOf(changes);
    return Tuple.of(
        all.stream().map(change -> change.event().tenant()).toArray(String[]::new),
        all.stream().map(change -> change.event().conversationId()).toArray(UUID[]::new),
        all.stream().map(change -> change.event().seq()).toArray(Long[]::new),
        all.stream().map(change -> change.event().rev()).toArray(Long[]::new),
        all.stream().map(Change::message).toArray(String[]::new),
        all.stream().map(Change::words).toArray(String[]::new));
  }
}
