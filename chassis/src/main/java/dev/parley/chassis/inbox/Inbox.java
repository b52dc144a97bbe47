package dev.parley.chassis.inbox;

import dev.parley.chassis.tx.Work;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * Makes an effect happen once although its event may come many times: the event's id is written in
 * the effect's own transaction.
 *
 * <p>The memory is 15 days: longer than any topic keeps an event, the dead letters (14 days)
 * included, so that nothing which can still be replayed is taken as new.
 */
@ApplicationScoped
public class Inbox {
  private static final String FRESH =
      """
      insert into inbox (consumer, event_id) select $1, unnest($2::uuid[])
      on conflict do nothing returning event_id
      """;

  Inbox() {}

  /**
   * Which of the events have not had their effect yet; from now on they have, if the work commits.
   */
  public Uni<Set<UUID>> fresh(Work work, String consumer, Collection<UUID> events) {
    if (events.isEmpty()) {
      return Uni.createFrom().item(Set.of());
    }
    // One order for all nodes, so that two equal batches cannot lock each other out.
    UUID[] ids = events.stream().distinct().sorted().toArray(UUID[]::new);
    return work.sql()
        .preparedQuery(FRESH)
        .execute(Tuple.of(consumer, ids))
        .map(
            rows -> {
              Set<UUID> fresh = new HashSet<>();
              rows.forEach(row -> fresh.add(row.getUUID(0)));
              return fresh;
            });
  }

  /** Whether the event has not had its effect yet; from now on it has, if the work commits. */
  public Uni<Boolean> first(Work work, String consumer, UUID event) {
    return fresh(work, consumer, List.of(event)).map(fresh -> !fresh.isEmpty());
  }
}
