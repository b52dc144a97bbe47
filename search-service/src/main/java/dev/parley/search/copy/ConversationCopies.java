package dev.parley.search.copy;

import dev.parley.chassis.caller.Caller;
import dev.parley.chassis.record.RecordCopies;
import dev.parley.chassis.tx.Tx;
import dev.parley.chassis.tx.Work;
import dev.parley.contracts.Envelope;
import dev.parley.contracts.EventType;
import dev.parley.contracts.event.Conversation;
import dev.parley.contracts.event.ConversationType;
import dev.parley.contracts.event.RecordRef;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Table {@code conversation_copy}: type and title of each conversation, newest rev, and the deal of
 * a deal room.
 */
@ApplicationScoped
public class ConversationCopies {
  private static final String UPSERT =
      """
      insert into conversation_copy (conversation_id, tenant, type, title, rev, deal)
      select * from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::bigint[],
                           $6::text[])
      on conflict (conversation_id) do update
        set type = excluded.type, title = excluded.title, rev = excluded.rev,
            deal = coalesce(conversation_copy.deal, excluded.deal)
        where excluded.rev > conversation_copy.rev
      """;
  private static final String OF =
      """
      select conversation_id, type, title from conversation_copy
      where tenant = $1 and conversation_id = any($2::uuid[])
      """;

  /** {@code offset 0}: planned by itself the join would read all deals for each room. */
  private static final String DEAL_ROOMS =
      """
      select c.conversation_id from conversation_copy c
      cross join lateral (
        select * from record_copy d
        where d.tenant = c.tenant and d.type = 'deal' and d.id = c.deal offset 0) r
      where c.tenant = $1 and c.deal is not null
        and ($4::uuid is null or c.conversation_id = $4) and %s
      order by c.conversation_id desc limit $5
      """
          .formatted(RecordCopies.sees("$2", "$3"));

  private final Tx tx;

  ConversationCopies(Tx tx) {
    this.tx = tx;
  }

  /** Takes over the conversations that the records ({@code conversation.*}) carry. */
  public Uni<Void> apply(Work work, Collection<Envelope> records) {
    Map<UUID, Envelope> newest = new TreeMap<>();
    Map<UUID, String> deals = new HashMap<>();
    for (Envelope record : records) {
      if (record.type().equals(EventType.CONVERSATION_CREATED)) {
        deals.put(record.conversationId(), deal(record.data(Conversation.class)));
      }
      newest.merge(record.conversationId(), record, (a, b) -> b.rev() >= a.rev() ? b : a);
    }
    if (newest.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    List<ConversationCopy> copies = newest.values().stream().map(ConversationCopy::of).toList();
    Tuple values =
        Tuple.of(
            newest.keySet().toArray(UUID[]::new),
            newest.values().stream().map(Envelope::tenant).toArray(String[]::new),
            copies.stream().map(ConversationCopy::type).toArray(String[]::new),
            copies.stream().map(ConversationCopy::title).toArray(String[]::new),
            newest.values().stream().map(Envelope::rev).toArray(Long[]::new),
            newest.keySet().stream().map(deals::get).toArray(String[]::new));
    return work.sql().preparedQuery(UPSERT).execute(values).replaceWithVoid();
  }

  /** Those of the tenant's conversations that are known. */
  public Uni<Map<UUID, ConversationCopy>> of(String tenant, Collection<UUID> ids) {
    if (ids.isEmpty()) {
      return Uni.createFrom().item(Map.of());
    }
    return tx.in(tenant)
        .read(OF, Tuple.of(tenant, ids.stream().distinct().toArray(UUID[]::new)))
        .map(
            rows -> {
              Map<UUID, ConversationCopy> found = new HashMap<>();
              rows.forEach(
                  row ->
                      found.put(
                          row.getUUID(0),
                          new ConversationCopy(row.getString(1), row.getString(2))));
              return found;
            });
  }

  /**
   * The deal rooms whose deals that user of the tenant sees now (product.md §3), the newest first.
   *
   * @param only the one room to ask for, or null for all
   */
  public Uni<List<UUID>> dealRooms(Caller caller, UUID only, int limit) {
    return tx.in(caller.tenant())
        .read(
            DEAL_ROOMS,
            Tuple.of(caller.tenant(), caller.id(), caller.assignedDataOnly(), only, limit))
        .map(
            rows -> {
              List<UUID> rooms = new ArrayList<>(rows.size());
              rows.forEach(row -> rooms.add(row.getUUID(0)));
              return rooms;
            });
  }

  /** What its creation tells: the records that are attached to a room later make it no other. */
  private static String deal(Conversation created) {
    return created.type() != ConversationType.DEAL_ROOM
        ? null
        : created.recordRefs().stream()
            .filter(ref -> ref.type().equals("deal"))
            .map(RecordRef::id)
            .findFirst()
            .orElse(null);
  }
}
