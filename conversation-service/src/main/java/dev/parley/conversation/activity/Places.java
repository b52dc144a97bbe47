package dev.parley.conversation.activity;

import dev.parley.contracts.Json;
import dev.parley.contracts.event.ConversationType;
import dev.parley.contracts.event.RecordRef;
import dev.parley.conversation.Query;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Beside which records a conversation's messages stand (product.md §2): a deal room's beside its
 * deal; a customer conversation's beside its contact and the records attached to it, where the
 * tenant wants that. Another type is not even read.
 */
@ApplicationScoped
class Places {
  private static final String OF =
      """
      select id, tenant, type, unique_key, contact_id, record_refs from conversation
      where id = any($1) and type in ('deal_room', 'client', 'client_group', 'company', 'sms')
      """;

  Places() {}

  /**
   * A conversation that has a place beside records.
   *
   * @param customer whether only where the tenant wants it
   */
  record Place(String tenant, boolean customer, Set<RecordRef> records) {}

  /** Those of the conversations that have one. */
  Uni<Map<UUID, Place>> of(Query query, Collection<UUID> conversations) {
    return query
        .run(OF, Tuple.of(conversations.toArray(UUID[]::new)))
        .map(
            rows -> {
              Map<UUID, Place> places = new HashMap<>();
              rows.forEach(row -> places.put(row.getUUID("id"), place(row)));
              return places;
            });
  }

  private static Place place(Row row) {
    ConversationType type = ConversationType.of(row.getString("type"));
    Set<RecordRef> records = new LinkedHashSet<>();
    if (type == ConversationType.DEAL_ROOM) {
      String key = row.getString("unique_key");
      records.add(new RecordRef("deal", key.substring(key.indexOf('/') + 1)));
    } else {
      if (row.getString("contact_id") != null) {
        records.add(new RecordRef("contact", row.getString("contact_id")));
      }
      records.addAll(Arrays.asList(Json.read(row.getString("record_refs"), RecordRef[].class)));
    }
    return new Place(row.getString("tenant"), type.isCustomer(), records);
  }
}
