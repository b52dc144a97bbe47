package dev.parley.conversation.activity;

import dev.parley.chassis.tx.Work;
import dev.parley.contracts.Actor;
import dev.parley.contracts.Envelope;
import dev.parley.contracts.EventType;
import dev.parley.contracts.Ids;
import dev.parley.contracts.Json;
import dev.parley.contracts.Topics;
import dev.parley.contracts.event.CrmOp;
import dev.parley.contracts.event.Message;
import dev.parley.contracts.event.MessageKind;
import dev.parley.contracts.event.RecordRef;
import dev.parley.contracts.event.TimelineEntry;
import dev.parley.contracts.event.Visibility;
import dev.parley.conversation.Query;
import dev.parley.conversation.activity.Entries.Draft;
import dev.parley.conversation.activity.Entries.Key;
import dev.parley.conversation.activity.Places.Place;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Puts what is said beside records of the CRM (product.md §2): exactly one entry for each message
 * and record, however often and in whatever order the log's records come, since its {@code rev}
 * decides. Never an internal note, never what the system says.
 *
 * <p>An entry that the CRM has been told of follows its message for ever, also when the tenant does
 * not want customer conversations there any more: an edit or a deletion must reach it.
 */
@ApplicationScoped
public class TakeMessages {
  private static final Set<String> TYPES =
      Set.of(EventType.MESSAGE_CREATED, EventType.MESSAGE_UPDATED, EventType.MESSAGE_DELETED);

  private final Places places;
  private final Entries entries;
  private final TimelineSettings settings;

  TakeMessages(Places places, Entries entries, TimelineSettings settings) {
    this.places = places;
    this.entries = entries;
    this.settings = settings;
  }

  /** Whether messages come and change under this type of the log; null is none. */
  public static boolean takes(String type) {
    return type != null && TYPES.contains(type);
  }

  /**
   * Takes records of types that it {@link #takes}.
   *
   * @param conversations of the records
   */
  public Uni<Void> take(Work work, Collection<UUID> conversations, List<Source> records) {
    return places
        .of(Query.in(work), conversations)
        .flatMap(
            known -> {
              // One order of tenants for all nodes: each has one lock.
              Map<String, List<Envelope>> byTenant = new TreeMap<>();
              for (Source record : records) {
                Place place = known.get(record.conversation());
                if (place != null) {
                  byTenant
                      .computeIfAbsent(place.tenant(), tenant -> new ArrayList<>())
                      .add(record.envelope());
                }
              }
              Uni<Void> all = Uni.createFrom().voidItem();
              for (Map.Entry<String, List<Envelope>> one : byTenant.entrySet()) {
                all = all.chain(() -> tenant(work, one.getKey(), one.getValue(), known));
              }
              return all;
            });
  }

  /** A record of the log, parsed only if its conversation has a place beside records. */
  public interface Source {
    /** The conversation, as the record's key says. */
    UUID conversation();

    /** The record. */
    Envelope envelope();
  }

  private Uni<Void> tenant(
      Work work, String tenant, List<Envelope> events, Map<UUID, Place> known) {
    Set<UUID> changed = new HashSet<>();
    for (Envelope event : events) {
      if (!EventType.MESSAGE_CREATED.equals(event.type())) {
        changed.add(messageId(event));
      }
    }
    return settings
        .of(Query.in(work), tenant)
        .flatMap(
            wanted ->
                entries
                    .of(Query.in(work), tenant, changed)
                    .map(existing -> drafts(events, known, existing, wanted)))
        .flatMap(
            drafts ->
                drafts.isEmpty()
                    ? Uni.createFrom().item(List.<TimelineEntry>of())
                    : entries.write(work, tenant, drafts))
        .invoke(told -> told.forEach(entry -> emit(work, entry)))
        .replaceWithVoid();
  }

  private static Collection<Draft> drafts(
      List<Envelope> events,
      Map<UUID, Place> known,
      Map<Key, Boolean> existing,
      TimelineSettings.Wanted wanted) {
    Map<Key, Draft> drafts = new LinkedHashMap<>();
    for (Envelope event : events) {
      Place place = known.get(event.conversationId());
      if (place == null || !event.tenant().equals(place.tenant())) {
        continue;
      }
      Set<RecordRef> here = place.customer() && !wanted.customers() ? Set.of() : place.records();
      for (Draft draft : drafts(event, here, existing, drafts, wanted)) {
        drafts.merge(
            Key.of(draft.entry()),
            draft,
            (a, b) -> b.entry().version() > a.entry().version() ? b : a);
      }
    }
    return drafts.values();
  }

  private static List<Draft> drafts(
      Envelope event,
      Set<RecordRef> here,
      Map<Key, Boolean> existing,
      Map<Key, Draft> batch,
      TimelineSettings.Wanted wanted) {
    UUID message = messageId(event);
    Set<RecordRef> told = new HashSet<>();
    if (!EventType.MESSAGE_CREATED.equals(event.type())) {
      existing.forEach((key, shown) -> add(told, message, key, shown));
      batch.forEach((key, draft) -> add(told, message, key, draft.shown()));
    }
    List<Draft> drafts = new ArrayList<>();
    if (EventType.MESSAGE_DELETED.equals(event.type())) {
      told.forEach(ref -> drafts.add(new Draft(tombstone(event, message, ref), true)));
      // Its message may still come, late: then it is known that nothing is to be told any more.
      here.stream()
          .filter(ref -> !told.contains(ref))
          .forEach(ref -> drafts.add(new Draft(tombstone(event, message, ref), false)));
      return drafts;
    }
    Message data = event.data(Message.class);
    if (data.kind() == MessageKind.USER && data.visibility() != Visibility.INTERNAL) {
      told.addAll(here);
      told.forEach(ref -> drafts.add(new Draft(entry(event, data, ref, wanted), true)));
    }
    return drafts;
  }

  private static void add(Set<RecordRef> refs, UUID message, Key key, boolean shown) {
    if (shown && key.messageId().equals(message)) {
      refs.add(new RecordRef(key.recordType(), key.recordId()));
    }
  }

  private static TimelineEntry entry(
      Envelope event, Message message, RecordRef ref, TimelineSettings.Wanted wanted) {
    return new TimelineEntry(
        CrmOp.UPSERT,
        event.tenant(),
        ref.type(),
        ref.id(),
        message.id(),
        event.conversationId(),
        new Actor(message.authorId(), message.authorKind().wire(), message.authorName(), null),
        message.body(),
        message.attachments(),
        message.at(),
        event.rev(),
        wanted.url(event.conversationId(), message.id()));
  }

  private static TimelineEntry tombstone(Envelope event, UUID message, RecordRef ref) {
    return new TimelineEntry(
        CrmOp.DELETE,
        event.tenant(),
        ref.type(),
        ref.id(),
        message,
        event.conversationId(),
        null,
        null,
        null,
        event.at(),
        event.rev(),
        null);
  }

  private static UUID messageId(Envelope event) {
    UUID id = Ids.parse(event.data().path("id").textValue());
    if (id == null) {
      throw new IllegalArgumentException("a message without an id");
    }
    return id;
  }

  /** Under the lock of the tenant's head; told again, it is the same event. */
  private static void emit(Work work, TimelineEntry entry) {
    work.emit(
        Topics.CRM_TIMELINE,
        entry.key(),
        Ids.named(
            entry.at(), "crm.timeline", entry.tenant() + "/" + entry.key() + "/" + entry.version()),
        "crm.timeline",
        Json.text(entry));
  }
}
