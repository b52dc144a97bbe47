package dev.parley.presence.copy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.chassis.record.RecordCopies;
import dev.parley.chassis.tx.Tx;
import dev.parley.chassis.tx.Work;
import dev.parley.contracts.EventType;
import dev.parley.contracts.Json;
import dev.parley.contracts.event.ConversationType;
import dev.parley.presence.LogRecord;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/**
 * The copy of what type each conversation is of, and of which deal a deal room is, for who may see
 * one without taking part. Known of every conversation since whose last change of rights the log
 * tells types; a deal of every room that was made since this is copied.
 */
@ApplicationScoped
public class ConversationCopies {
  private static final String INSERT =
      """
      insert into conversation_copy as c (tenant, conversation_id, type, deal)
      select t, v, y, max(d) from unnest($1::text[], $2::uuid[], $3::text[], $4::text[])
        as n(t, v, y, d)
      where d is not null
        or not exists (select from conversation_copy k where k.tenant = t and k.conversation_id = v)
      group by t, v, y order by t, v
      on conflict (tenant, conversation_id) do update set deal = excluded.deal
      where c.deal is null and excluded.deal is not null
      """;

  /** {@code offset 0}: one row is read for each, however few the planner takes a tenant to have. */
  private static final String LOOKS =
      """
      select a.n, c.type, c.deal, r.company_id, r.id is not null and %s as sees_deal
      from unnest($2::text[], $3::boolean[], $4::uuid[]) with ordinality as a(uid, narrow, room, n)
      cross join lateral (
        select * from conversation_copy k
        where k.tenant = $1 and k.conversation_id = a.room offset 0) c
      left join lateral (
        select * from record_copy d
        where d.tenant = $1 and d.type = 'deal' and d.id = c.deal offset 0) r on true
      """
          .formatted(RecordCopies.sees("a.uid", "a.narrow"));

  private final Tx tx;

  ConversationCopies(Tx tx) {
    this.tx = tx;
  }

  /** Takes the types that the records tell, and the deals of new deal rooms. */
  public Uni<Void> apply(Work work, List<LogRecord> records) {
    List<LogRecord> told = records.stream().filter(r -> r.conversationType() != null).toList();
    if (told.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    return work.sql()
        .preparedQuery(INSERT)
        .execute(
            Tuple.of(
                told.stream().map(LogRecord::tenant).toArray(String[]::new),
                told.stream().map(LogRecord::conversationId).toArray(UUID[]::new),
                told.stream().map(LogRecord::conversationType).toArray(String[]::new),
                told.stream().map(ConversationCopies::deal).toArray(String[]::new)))
        .replaceWithVoid();
  }

  /** What is known of each conversation for who asks; null where nothing is. */
  public Uni<List<Look>> looks(String tenant, List<Look.Ask> asks) {
    return tx.in(tenant)
        .read(
            LOOKS,
            Tuple.of(
                tenant,
                asks.stream().map(Look.Ask::user).toArray(String[]::new),
                asks.stream().map(Look.Ask::assignedOnly).toArray(Boolean[]::new),
                asks.stream().map(Look.Ask::conversationId).toArray(UUID[]::new)))
        .map(
            rows -> {
              Look[] looks = new Look[asks.size()];
              rows.forEach(row -> looks[row.getLong(0).intValue() - 1] = look(row));
              return Arrays.asList(looks);
            });
  }

  private static Look look(Row row) {
    return new Look(
        ConversationType.of(row.getString(1)),
        row.getString(2),
        row.getString(3),
        row.getBoolean(4));
  }

  /** What its creation tells: the records that are attached to a room later make it no other. */
  private static String deal(LogRecord record) {
    if (!record.type().equals(EventType.CONVERSATION_CREATED)
        || !ConversationType.DEAL_ROOM.wire().equals(record.conversationType())) {
      return null;
    }
    byte[] data = Arrays.copyOfRange(record.frame(), record.dataFrom(), record.frame().length - 1);
    for (JsonNode ref : Json.read(data, JsonNode.class).path("recordRefs")) {
      if (ref.path("type").asText().equals("deal")) {
        return ref.path("id").textValue();
      }
    }
    return null;
  }
}
