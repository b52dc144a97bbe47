package dev.parley.notification.copy;

import dev.parley.chassis.tx.Work;
import dev.parley.contracts.Envelope;
import dev.parley.contracts.event.Conversation;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** Table {@code conversation_copy}: type and title of each conversation, newest rev. */
@ApplicationScoped
public class ConversationCopies {
  private static final String UPSERT =
      """
      insert into conversation_copy (conversation_id, tenant, type, title, rev)
      select * from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::bigint[])
      on conflict (conversation_id) do update
        set type = excluded.type, title = excluded.title, rev = excluded.rev
        where excluded.rev > conversation_copy.rev
      """;

  ConversationCopies() {}

  /** Takes over the conversations that the records ({@code conversation.*}) carry. */
  public Uni<Void> apply(Work work, Collection<Envelope> records) {
    Map<UUID, Envelope> newest = new TreeMap<>();
    for (Envelope record : records) {
      newest.merge(record.conversationId(), record, (a, b) -> b.rev() >= a.rev() ? b : a);
    }
    if (newest.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    List<Conversation> data =
        newest.values().stream().map(record -> record.data(Conversation.class)).toList();
    Tuple values =
        Tuple.of(
            newest.keySet().toArray(UUID[]::new),
            newest.values().stream().map(Envelope::tenant).toArray(String[]::new),
            data.stream().map(c -> c.type().wire()).toArray(String[]::new),
            data.stream()
                .map(c -> c.name() != null ? c.name() : c.subject())
                .toArray(String[]::new),
            newest.values().stream().map(Envelope::rev).toArray(Long[]::new));
    return work.sql().preparedQuery(UPSERT).execute(values).replaceWithVoid();
  }
}
