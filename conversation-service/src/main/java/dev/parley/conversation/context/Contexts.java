package dev.parley.conversation.context;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.chassis.tx.Work;
import dev.parley.contracts.Json;
import dev.parley.contracts.event.DealReaders;
import dev.parley.contracts.event.Person;
import dev.parley.conversation.Query;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/** The store of what deal rooms are about. Written under the lock of the conversation's row. */
@ApplicationScoped
class Contexts {
  private static final String FIND =
      """
      select topic, note, links, version, changed_by, changed_by_name, changed_at, told
      from context where tenant = $1 and conversation_id = $2
      """;

  private static final String WRITE =
      """
      insert into context (tenant, conversation_id, topic, note, links, version, changed_by,
                           changed_by_name, changed_at, told)
      values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
      on conflict (conversation_id) do update
      set topic = excluded.topic, note = excluded.note, links = excluded.links,
          version = excluded.version, changed_by = excluded.changed_by,
          changed_by_name = excluded.changed_by_name, changed_at = excluded.changed_at,
          told = excluded.told
      """;

  /**
   * The room's users who may see the deal (product.md §3), and whether also with assigned data
   * only.
   */
  private static final String READERS =
      """
      select * from (
        select m.subject_id as id,
               coalesce((u.data::json ->> 'assignedDataOnly')::boolean, false) as assigned_only,
               m.subject_id = any(d.linked)
                 or exists (select from record_copy c
                            where c.tenant = d.tenant and c.type = 'company'
                              and c.id = d.company_id and not c.deleted
                              and m.subject_id = any(c.linked)) as linked
        from member m
        join record_copy d on d.tenant = m.tenant and d.type = 'deal' and d.id = $3
          and not d.deleted and (d.visible_to is null or m.subject_id = any(d.visible_to))
        left join record_copy u on u.tenant = m.tenant and u.type = 'user'
          and u.id = m.subject_id and not u.deleted
        where m.tenant = $1 and m.conversation_id = $2 and m.kind = 'user'
          and m.state in ('requested', 'active')) readers
      where linked or not assigned_only
      order by id
      """;

  /** Rooms of these deals, and of the deals of these companies; locked in one order. */
  private static final String ROOMS =
      """
      select c.id, c.tenant, substr(c.unique_key, 11) as deal from conversation c
      where c.type = 'deal_room' and (c.tenant, c.unique_key) in (
        select k.tenant, 'deal_room/' || k.id
        from unnest($1::text[], $2::text[], $3::text[]) k(tenant, type, id)
        where k.type = 'deal'
        union
        select d.tenant, 'deal_room/' || d.id
        from unnest($1::text[], $2::text[], $3::text[]) k(tenant, type, id)
        join record_copy d on d.tenant = k.tenant and d.company_id = k.id and d.type = 'deal'
        where k.type = 'company')
      order by c.id for no key update of c
      """;

  private static final String OPEN_ROOMS =
      """
      select c.id, c.tenant, substr(c.unique_key, 11) as deal from conversation c
      where c.type = 'deal_room' and c.state = 'open' and (c.tenant, c.unique_key) in (
        select k.tenant, 'deal_room/' || k.id from unnest($1::text[], $2::text[]) k(tenant, id))
      order by c.id for no key update of c
      """;

  Contexts() {}

  /**
   * What is stored of a room's context.
   *
   * @param told the deal and its readers as last told, as text; null when they never were
   */
  record Stored(
      ContextRequest.Written written,
      long version,
      Person changedBy,
      Instant changedAt,
      String told) {
    private static final Stored NOTHING =
        new Stored(new ContextRequest.Written(null, null, List.of()), 1, null, null, null);

    Stored rewritten(ContextRequest.Written newWritten, Person by, Instant at) {
      return new Stored(newWritten, version + 1, by, at, told);
    }

    Stored told(String newTold) {
      return new Stored(written, version, changedBy, changedAt, newTold);
    }
  }

  /** A deal's room. */
  record Room(UUID id, String tenant, String deal) {}

  /** The context; before anybody has written one, an empty one of version 1. */
  Uni<Stored> find(Query query, String tenant, UUID room) {
    return query
        .first(FIND, Tuple.of(tenant, room), Contexts::stored)
        .map(found -> found.orElse(Stored.NOTHING));
  }

  Uni<Void> write(Work work, String tenant, UUID room, Stored stored) {
    Person by = stored.changedBy();
    OffsetDateTime at =
        stored.changedAt() == null ? null : stored.changedAt().atOffset(ZoneOffset.UTC);
    return Query.in(work)
        .run(
            WRITE,
            Tuple.from(
                Arrays.asList(
                    tenant,
                    room,
                    stored.written().topic(),
                    stored.written().note(),
                    Json.text(stored.written().links()),
                    stored.version(),
                    by == null ? null : by.id(),
                    by == null ? null : by.name(),
                    at,
                    stored.told())))
        .replaceWithVoid();
  }

  Uni<DealReaders> readers(Query query, Room room) {
    return query
        .list(
            READERS,
            Tuple.of(room.tenant(), room.id(), room.deal()),
            row -> new Reader(row.getString("id"), row.getBoolean("linked")))
        .map(
            all -> {
              List<String> linked = new ArrayList<>();
              all.stream().filter(Reader::linked).forEach(one -> linked.add(one.id()));
              return new DealReaders(all.stream().map(Reader::id).toList(), linked);
            });
  }

  /** Rooms that these records are about; each entry of the arrays is a part of a record's key. */
  Uni<List<Room>> lockRooms(Work work, String[] tenants, String[] types, String[] ids) {
    return Query.in(work).list(ROOMS, Tuple.of(tenants, types, ids), Contexts::room);
  }

  /** Rooms of these deals that are neither closed nor archived. */
  Uni<List<Room>> openRooms(Work work, String[] tenants, String[] deals) {
    return Query.in(work).list(OPEN_ROOMS, Tuple.of(tenants, deals), Contexts::room);
  }

  private static Room room(Row row) {
    return new Room(row.getUUID("id"), row.getString("tenant"), row.getString("deal"));
  }

  private record Reader(String id, boolean linked) {}

  private static Stored stored(Row row) {
    String by = row.getString("changed_by");
    OffsetDateTime at = row.getOffsetDateTime("changed_at");
    return new Stored(
        new ContextRequest.Written(
            row.getString("topic"),
            row.getString("note"),
            List.of(Json.read(row.getString("links"), JsonNode[].class))),
        row.getLong("version"),
        by == null ? null : new Person(by, row.getString("changed_by_name")),
        at == null ? null : at.toInstant(),
        row.getString("told"));
  }
}
