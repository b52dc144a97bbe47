package dev.parley.conversation.context;

import dev.parley.chassis.tx.Work;
import dev.parley.contracts.event.CrmRecord;
import dev.parley.conversation.Pills;
import dev.parley.conversation.context.Contexts.Room;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Tells a deal's open room what the CRM has changed of the deal: one pill for each field, once for
 * each version that is newer than what was known, so that neither a repeat nor an older version
 * makes one. Of a deal that is told of for the first time, or is gone, nothing is said.
 */
@ApplicationScoped
public class DealPills {
  private final Contexts contexts;
  private final Pills pills;

  DealPills(Contexts contexts, Pills pills) {
    this.contexts = contexts;
    this.pills = pills;
  }

  private record Change(String field, Object from, Object to) {}

  /**
   * Tells what has changed, in the transaction that has stored it.
   *
   * @param before the deals by key as they were until then
   * @param changed keys of the records that were newer than what was known
   */
  public Uni<Void> changed(
      Work work,
      Map<String, CrmRecord> before,
      Collection<CrmRecord> told,
      Collection<String> changed) {
    Set<String> keys = new HashSet<>(changed);
    Map<String, CrmRecord> newest = new HashMap<>();
    told.stream()
        .filter(one -> keys.contains(one.key()) && before.containsKey(one.key()))
        .forEach(r -> newest.merge(r.key(), r, (a, b) -> b.version() > a.version() ? b : a));
    Map<String, List<Change>> changes = new HashMap<>();
    newest.forEach(
        (key, deal) -> {
          List<Change> found = changes(before.get(key), deal);
          if (!found.isEmpty()) {
            changes.put(key, found);
          }
        });
    if (changes.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    List<CrmRecord> deals = changes.keySet().stream().map(newest::get).toList();
    return contexts
        .openRooms(
            work,
            deals.stream().map(CrmRecord::tenant).toArray(String[]::new),
            deals.stream().map(CrmRecord::id).toArray(String[]::new))
        .invoke(
            rooms ->
                rooms.forEach(
                    room ->
                        changes
                            .get(room.tenant() + "/deal/" + room.deal())
                            .forEach(change -> tell(work, room, change))))
        .replaceWithVoid();
  }

  private void tell(Work work, Room room, Change change) {
    pills.dealChanged(
        work, room.tenant(), room.id(), room.deal(), change.field, change.from, change.to);
  }

  private static List<Change> changes(CrmRecord before, CrmRecord now) {
    if (now.deleted() || now.mergedInto() != null) {
      return List.of();
    }
    List<Change> changes = new ArrayList<>();
    note(changes, "name", before.name(), now.name());
    note(changes, "stage", before.stage(), now.stage());
    note(changes, "value", value(before), value(now));
    note(changes, "closeDate", before.closeDate(), now.closeDate());
    note(changes, "ownerId", before.ownerId(), now.ownerId());
    return changes;
  }

  private static void note(List<Change> changes, String field, Object from, Object to) {
    if (!Objects.equals(from, to)) {
      changes.add(new Change(field, from, to));
    }
  }

  /** As text, with the currency: an amount is another in another one. */
  private static String value(CrmRecord deal) {
    if (deal.value() == null) {
      return null;
    }
    String amount = deal.value().stripTrailingZeros().toPlainString();
    return deal.currency() == null ? amount : amount + " " + deal.currency();
  }
}
