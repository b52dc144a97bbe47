package dev.parley.message.copy;

import dev.parley.chassis.caller.Caller;
import dev.parley.chassis.tx.Tx;
import dev.parley.contracts.Json;
import dev.parley.contracts.event.CrmRecord;
import dev.parley.contracts.event.RecordRef;
import dev.parley.message.DealPill;
import dev.parley.message.MessageView;
import dev.parley.message.RecordCard;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Records as one reader sees them now, one query for any number (product.md §2, entity cards). Who
 * may not see a record gets the same as for one that there is not. A record that was merged is
 * shown as the one that took its place. What a pill says of a deal is for who sees it, too.
 */
@ApplicationScoped
public class RecordCards {
  /**
   * {@code $3}: whether of assigned data only, that is what they own, are assigned to, follow, or
   * are on the account team of (product.md §3). {@code visibleTo} narrows it for everybody. A chain
   * of mergers is followed five times.
   */
  private static final String VISIBLE =
      """
      with recursive wanted(type, id, target, hops) as (
        select k.type, k.id, k.id, 0 from unnest($4::text[], $5::text[]) k(type, id)
        union all
        select w.type, w.id, r.merged_into, w.hops + 1
        from wanted w
        join record_copy r on r.tenant = $1 and r.type = w.type and r.id = w.target
        where r.merged_into is not null and w.hops < 5
      )
      select w.type, w.id, r.data from wanted w
      join record_copy r on r.tenant = $1 and r.type = w.type and r.id = w.target
      where r.merged_into is null and not r.deleted
        and (r.visible_to is null or $2 = any(r.visible_to))
        and (not $3 or r.type = 'user' or $2 = any(r.linked)
          or exists (select from record_copy c
                     where c.tenant = r.tenant and c.type = 'company' and c.id = r.company_id
                       and not c.deleted and $2 = any(c.linked)))
      """;

  private final Tx tx;

  RecordCards(Tx tx) {
    this.tx = tx;
  }

  /** Those of the records that the caller may see. */
  public Uni<Map<RecordRef, RecordCard>> visible(Caller caller, Collection<RecordRef> refs) {
    return tx.read(
            VISIBLE,
            Tuple.of(
                caller.tenant(),
                caller.id(),
                caller.assignedDataOnly(),
                refs.stream().map(RecordRef::type).toArray(String[]::new),
                refs.stream().map(RecordRef::id).toArray(String[]::new)))
        .map(
            rows -> {
              Map<RecordRef, RecordCard> cards = new HashMap<>();
              rows.forEach(
                  row -> {
                    RecordRef ref = new RecordRef(row.getString("type"), row.getString("id"));
                    cards.put(
                        ref, RecordCard.of(ref, Json.read(row.getString("data"), CrmRecord.class)));
                  });
              return cards;
            });
  }

  /** The messages with their records as the caller sees them; no query when there are none. */
  public Uni<List<MessageView>> in(Caller caller, List<MessageView> messages) {
    List<RecordRef> refs = messages.stream().flatMap(RecordCards::refs).distinct().toList();
    if (refs.isEmpty()) {
      return Uni.createFrom().item(messages);
    }
    return visible(caller, refs)
        .map(seen -> messages.stream().map(message -> shown(message, seen)).toList());
  }

  /** The message with its records as the caller sees them. */
  public Uni<MessageView> in(Caller caller, MessageView message) {
    return in(caller, List.of(message)).map(shown -> shown.get(0));
  }

  private static Stream<RecordRef> refs(MessageView message) {
    Stream<RecordRef> attached =
        hasRecords(message) ? message.records().stream().map(RecordCard::ref) : Stream.empty();
    return DealPill.is(message.system())
        ? Stream.concat(attached, Stream.of(DealPill.deal(message.system())))
        : attached;
  }

  private static MessageView shown(MessageView message, Map<RecordRef, RecordCard> seen) {
    MessageView shown = hasRecords(message) ? message.withRecords(cards(message, seen)) : message;
    return DealPill.is(message.system()) && !seen.containsKey(DealPill.deal(message.system()))
        ? shown.withoutValues()
        : shown;
  }

  private static boolean hasRecords(MessageView message) {
    return message.records() != null && !message.records().isEmpty();
  }

  private static List<RecordCard> cards(MessageView message, Map<RecordRef, RecordCard> seen) {
    return message.records().stream()
        .map(card -> seen.getOrDefault(card.ref(), RecordCard.hidden(card.ref())))
        .toList();
  }
}
