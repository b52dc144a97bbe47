package dev.parley.conversation.derive;

import dev.parley.chassis.tx.Work;
import dev.parley.conversation.Conversation;
import dev.parley.conversation.Query;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

/** What is to be computed anew: notes that outlive a node, each taken by one. */
@ApplicationScoped
class Due {
  private static final String TAKE_RECORDS =
      """
      delete from record_due d using (
        select tenant, type, id from record_due limit $1 for update skip locked) t
      where d.tenant = t.tenant and d.type = t.type and d.id = t.id
      returning d.tenant, d.type, d.id
      """;

  private static final String SOME =
      """
      select tenant, conversation_id from derivation_due
      where due_at <= clock_timestamp() order by due_at limit $1
      """;

  private static final String TAKE =
      """
      delete from derivation_due d using unnest($1::text[], $2::uuid[]) as k(tenant, id)
      where d.tenant = k.tenant and d.conversation_id = k.id
      returning d.conversation_id
      """;

  private static final String PUT_OFF =
      """
      update derivation_due set due_at = clock_timestamp() + $3 * interval '1 millisecond'
      where tenant = $1 and conversation_id = $2
      """;

  /** The conversations that the records stand behind, now or until now. */
  private static final String MARK =
      """
      insert into derivation_due (tenant, conversation_id)
      with due as (
        select * from unnest($1::text[], $2::text[], $3::text[]) as d(tenant, type, id)),
      touched as (
        select * from due where type <> 'user'
        union
        select l.tenant, l.type, l.id from due d
        join record_link_copy l on l.tenant = d.tenant and l.user_id = d.id
          and l.type in ('contact', 'company', 'deal')
        where d.type = 'user'),
      keys as (
        select t.tenant, t.type || '/' || t.id as key from touched t where t.type = 'company'
        union
        select t.tenant, 'deal_room/' || t.id from touched t where t.type = 'deal'
        union
        select t.tenant, 'deal_room/' || r.id from touched t
        join record_copy r on r.tenant = t.tenant and r.company_id = t.id and r.type = 'deal'
        where t.type = 'company'
        union
        select t.tenant, 'company/' || r.company_id from touched t
        join record_copy r on r.tenant = t.tenant and r.type = 'contact' and r.id = t.id
        where t.type = 'contact' and r.company_id is not null),
      concerned as (
      select c.tenant, c.id from keys k
      join conversation c on c.tenant = k.tenant and c.unique_key = k.key
      union
      select c.tenant, c.id from touched t
      join conversation c on c.tenant = t.tenant and c.contact_id = t.id
      where t.type = 'contact'
      union
      select m.tenant, m.conversation_id from touched t
      join member m on m.tenant = t.tenant and m.kind = 'client' and m.subject_id = t.id
        and m.state in ('requested', 'active')
      where t.type = 'contact'
      union
      select m.tenant, m.conversation_id from due d
      join member m on m.tenant = d.tenant and m.kind = 'user' and m.subject_id = d.id
        and m.state in ('requested', 'active') and m.source = 'derived'
      where d.type = 'user'
      union
      select c.tenant, c.id from due d
      join conversation c on c.tenant = d.tenant and c.assignee_id = d.id
      where d.type = 'user'
      union
      select h.tenant, h.conversation_id from due d
      join derivation h on h.tenant = d.tenant and h.holder_id = d.id
      where d.type = 'user'
      union
      select f.tenant, f.id from due d
      join (select c.tenant, c.id, unnest(c.followers) as user_id from conversation c
            where c.followers is not null) f on f.tenant = d.tenant and f.user_id = d.id
      where d.type = 'user')
      select tenant, id from concerned order by tenant, id
      on conflict (tenant, conversation_id) do update set due_at = excluded.due_at
      """;

  Due() {}

  /** A record that has changed. */
  record RecordKey(String tenant, String type, String id) {}

  /** A conversation to be computed anew. */
  record Noted(String tenant, UUID id) {}

  /** Takes some of the records that have changed. */
  Uni<List<RecordKey>> takeRecords(Work work, int limit) {
    return Query.in(work)
        .list(
            TAKE_RECORDS,
            Tuple.of(limit),
            row ->
                new RecordKey(row.getString("tenant"), row.getString("type"), row.getString("id")));
  }

  /** Some of the conversations, not taken yet. */
  Uni<List<Noted>> some(Query query, int limit) {
    return query.list(SOME, Tuple.of(limit), Due::noted);
  }

  /**
   * Takes those of the conversations that nobody else has taken. The work has locked them before,
   * as whoever notes one does: the other way round the two could wait for each other.
   */
  Uni<List<Conversation>> take(Work work, List<Conversation> locked) {
    return Query.in(work)
        .list(
            TAKE,
            Tuple.of(
                locked.stream().map(Conversation::tenant).toArray(String[]::new),
                locked.stream().map(Conversation::id).toArray(UUID[]::new)),
            row -> row.getUUID("conversation_id"))
        .map(taken -> locked.stream().filter(c -> taken.contains(c.id())).toList());
  }

  /** Leaves one for later. */
  Uni<Void> putOff(Work work, Noted one, Duration by) {
    return Query.in(work)
        .run(PUT_OFF, Tuple.of(one.tenant(), one.id(), by.toMillis()))
        .replaceWithVoid();
  }

  /** Notes every conversation that the records stand behind. */
  Uni<Void> mark(Work work, Collection<RecordKey> records) {
    return Query.in(work)
        .run(
            MARK,
            Tuple.of(
                column(records, RecordKey::tenant),
                column(records, RecordKey::type),
                column(records, RecordKey::id)))
        .replaceWithVoid();
  }

  static String[] column(Collection<RecordKey> records, Function<RecordKey, String> of) {
    return records.stream().map(of).toArray(String[]::new);
  }

  private static Noted noted(Row row) {
    return new Noted(row.getString("tenant"), row.getUUID("conversation_id"));
  }
}
