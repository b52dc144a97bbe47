package dev.parley.conversation.activity;

import dev.parley.chassis.tx.Work;
import dev.parley.contracts.Json;
import dev.parley.contracts.event.TimelineEntry;
import dev.parley.conversation.Query;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The store of what is said beside records: one entry for each message and record. The version
 * decides what stands, so repeats and late ones change nothing.
 */
@ApplicationScoped
class Entries {
  private static final String OF_MESSAGES =
      """
      select distinct message_id, record_type, record_id, position is not null as shown
      from timeline_entry where tenant = $1 and message_id = any($2)
      """;

  private static final String ADVANCE =
      """
      insert into timeline_entry_head as h (tenant, position) values ($1, $2)
      on conflict (tenant) do update set position = h.position + $2
      returning position
      """;

  private static final String WRITE =
      """
      insert into timeline_entry as t (tenant, message_id, record_type, record_id, conversation_id,
                                       op, version, position, entry)
      select $1, x.message_id, x.record_type, x.record_id, x.conversation_id, x.op, x.version,
             case when x.shown then $2 + x.nr end, x.entry
      from jsonb_to_recordset($3::text::jsonb) as x(
        nr bigint, message_id uuid, record_type text, record_id text, conversation_id uuid, op text,
        version bigint, shown boolean, entry text)
      on conflict (tenant, message_id, record_type, record_id) do update
      set op = excluded.op, version = excluded.version, position = excluded.position,
          entry = excluded.entry
      where excluded.version > t.version
      returning message_id, record_type, record_id, position is not null as shown
      """;

  private static final String PAGE =
      """
      select position, entry from timeline_entry
      where tenant = $1 and position > $2 order by position limit $3
      """;

  Entries() {}

  /** Where an entry stands. */
  record Key(UUID messageId, String recordType, String recordId) {
    static Key of(TimelineEntry entry) {
      return new Key(entry.messageId(), entry.recordType(), entry.recordId());
    }

    private static Key of(Row row) {
      return new Key(
          row.getUUID("message_id"), row.getString("record_type"), row.getString("record_id"));
    }
  }

  /**
   * An entry to be stored.
   *
   * @param shown false for the mere memory of a deletion that came before its message
   */
  record Draft(TimelineEntry entry, boolean shown) {}

  /** An entry in its place of the tenant's list. */
  record Placed(long position, TimelineEntry entry) {}

  /** The entries that these messages have, and whether the CRM was told of them. */
  Uni<Map<Key, Boolean>> of(Query query, String tenant, Collection<UUID> messages) {
    if (messages.isEmpty()) {
      return Uni.createFrom().item(Map.of());
    }
    return query
        .run(OF_MESSAGES, Tuple.of(tenant, messages.toArray(UUID[]::new)))
        .map(
            rows -> {
              Map<Key, Boolean> known = new HashMap<>();
              rows.forEach(row -> known.put(Key.of(row), row.getBoolean("shown")));
              return known;
            });
  }

  /**
   * Stores those that are newer than what is known.
   *
   * @return the stored ones that the CRM is to be told of
   */
  Uni<List<TimelineEntry>> write(Work work, String tenant, Collection<Draft> drafts) {
    Query query = Query.in(work);
    Map<Key, TimelineEntry> byKey = new HashMap<>();
    List<Map<String, Object>> rows = new ArrayList<>();
    for (Draft draft : drafts) {
      byKey.put(Key.of(draft.entry()), draft.entry());
      rows.add(columns(rows.size() + 1, draft));
    }
    return query
        .first(ADVANCE, Tuple.of(tenant, (long) rows.size()), row -> row.getLong("position"))
        .flatMap(
            head ->
                query.run(
                    WRITE, Tuple.of(tenant, head.orElseThrow() - rows.size(), Json.text(rows))))
        .map(
            written -> {
              List<TimelineEntry> told = new ArrayList<>();
              written.forEach(
                  row -> {
                    if (row.getBoolean("shown")) {
                      told.add(byKey.get(Key.of(row)));
                    }
                  });
              return told;
            });
  }

  /** Entries behind that place, in the order of their last change. */
  Uni<List<Placed>> page(Query query, String tenant, long after, int limit) {
    return query.list(
        PAGE,
        Tuple.of(tenant, after, limit),
        row ->
            new Placed(
                row.getLong("position"), Json.read(row.getString("entry"), TimelineEntry.class)));
  }

  private static Map<String, Object> columns(int nr, Draft draft) {
    TimelineEntry entry = draft.entry();
    Map<String, Object> row = new HashMap<>();
    row.put("nr", nr);
    row.put("message_id", entry.messageId());
    row.put("record_type", entry.recordType());
    row.put("record_id", entry.recordId());
    row.put("conversation_id", entry.conversationId());
    row.put("op", entry.op().wire());
    row.put("version", entry.version());
    row.put("shown", draft.shown());
    row.put("entry", Json.text(entry));
    return row;
  }
}
