package dev.parley.conversation;

import dev.parley.chassis.caller.Caller;
import dev.parley.chassis.tx.Work;
import dev.parley.contracts.Json;
import dev.parley.contracts.event.MemberRole;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The store of conversations. Nothing is asked of it without a tenant. */
@ApplicationScoped
public class Conversations {
  /**
   * A conversation with the reader's membership; {@code $2} and {@code $3} are the reader's kind
   * and id.
   */
  static final String SEEN =
      """
      select c.id, c.tenant, c.type, c.unique_key, c.name, c.subject, c.description, c.state,
             c.posting, c.created_by, c.created_at, c.version, c.own_number, c.external_numbers,
             c.contact_id, c.contact_owner_id, c.assignee_id, c.followers, c.record_refs, c.frozen,
             a.last_seq, a.last_message, a.member_count, a.last_message_at,
             m.id as member_id, m.role, m.source, m.visible_from_seq,
             greatest(coalesce(m.joined_at, c.created_at),
                      case when a.last_seq >= coalesce(m.visible_from_seq, 1)
                           then a.last_message_at end) as activity_at
      from conversation c
      join activity a on a.tenant = c.tenant and a.conversation_id = c.id
      left join member m on m.tenant = c.tenant and m.conversation_id = c.id and m.kind = $2
        and m.subject_id = $3 and m.state = 'active'
      """;

  private static final String FIND = SEEN + "where c.tenant = $1 and c.id = $4";

  private static final String FIND_MANY = SEEN + "where c.tenant = $1 and c.id = any($4)";

  /** Filled in with a fixed condition; members' names are those of their records. */
  private static final String PARTICIPATING =
      "select * from ("
          + SEEN
          + """
          where c.tenant = $1 and m.id is not null and %s
            and ($4::text is null or c.type = $4)
            and not ($6 and c.type = 'internal_chat')
            and ($5::text is null
              or position(lower($5) in lower(coalesce(c.name, '') || E'\\n'
                                             || coalesce(c.subject, ''))) > 0
              or exists (select from member p
                left join record_copy r on r.tenant = p.tenant and r.id = p.subject_id
                  and r.type = case p.kind when 'user' then 'user' else 'contact' end
                where p.tenant = c.tenant and p.conversation_id = c.id and p.state = 'active'
                  and position(lower($5) in lower(coalesce(r.name, p.display_name))) > 0))
          ) listed
          where (activity_at, id) < ($7, $8)
          order by activity_at desc, id desc limit $9
          """;

  private static final String LOCK =
      "select from conversation where tenant = $1 and id = $2 for no key update";

  private static final String BY_KEY =
      "select * from conversation where tenant = $1 and unique_key = $2 for no key update";

  private static final String INSERT =
      """
      with c as (
        insert into conversation (id, tenant, type, unique_key, name, subject, description, state,
          posting, created_by, created_at, version, own_number, external_numbers, contact_id,
          contact_owner_id, assignee_id, followers, record_refs, frozen)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18,
                $19, $20)
        on conflict (tenant, unique_key) where unique_key is not null do nothing
        returning id, tenant)
      insert into activity (conversation_id, tenant, member_count) select id, tenant, $21 from c
      returning conversation_id
      """;

  private static final String UPDATE =
      """
      update conversation set unique_key = $3, name = $4, subject = $5, description = $6,
        state = $7, posting = $8, version = $9, record_refs = $10
      where tenant = $1 and id = $2
      """;

  private static final String ASSIGN =
      """
      update conversation set assignee_id = $3, followers = $4, contact_id = $5,
        contact_owner_id = $6, version = $7
      where tenant = $1 and id = $2
      """;

  Conversations() {}

  /** The conversation with the caller's part in it, whether or not they may see it. */
  Uni<Optional<Seen>> find(Query query, Caller caller, UUID id) {
    return query.first(
        FIND, Tuple.of(caller.tenant(), caller.kind(), caller.id(), id), Conversations::seen);
  }

  /** The same for several; those that do not exist are left out. */
  Uni<List<Seen>> find(Query query, Caller caller, List<UUID> ids) {
    return query.list(
        FIND_MANY,
        Tuple.of(caller.tenant(), caller.kind(), caller.id(), ids.toArray(UUID[]::new)),
        Conversations::seen);
  }

  /**
   * The conversations that the caller takes part in, newest activity first.
   *
   * @param condition a constant, with the caller's id as {@code $3}
   * @param text in name, subject or a participant's name; null for all
   */
  public Uni<List<Seen>> participating(
      Query query,
      Caller caller,
      String condition,
      String type,
      String text,
      Instant before,
      UUID beforeId,
      int limit) {
    return query.list(
        PARTICIPATING.formatted(condition),
        Tuple.from(
            Arrays.asList(
                caller.tenant(),
                caller.kind(),
                caller.id(),
                type,
                text,
                caller.impersonator() != null,
                before.atOffset(ZoneOffset.UTC),
                beforeId,
                limit)),
        Conversations::seen);
  }

  /** Locks the conversation until the work's end; its events are in the order of these locks. */
  public Uni<Void> lock(Work work, String tenant, UUID id) {
    return Query.in(work).run(LOCK, Tuple.of(tenant, id)).replaceWithVoid();
  }

  /** The conversation of which there may be one alone, locked until the work's end. */
  public Uni<Optional<Conversation>> lockByKey(Work work, String tenant, String uniqueKey) {
    return Query.in(work).first(BY_KEY, Tuple.of(tenant, uniqueKey), Conversation::of);
  }

  /** Stores a new one; false, and nothing stored, when its unique key is taken. */
  Uni<Boolean> insert(Work work, Conversation c, int members) {
    return Query.in(work)
        .run(
            INSERT,
            Tuple.from(
                Arrays.asList(
                    c.id(),
                    c.tenant(),
                    c.type().wire(),
                    c.uniqueKey(),
                    c.name(),
                    c.subject(),
                    c.description(),
                    c.state().wire(),
                    c.posting() == null ? null : c.posting().wire(),
                    c.createdBy(),
                    c.createdAt().atOffset(ZoneOffset.UTC),
                    c.version(),
                    c.ownNumber(),
                    array(c.externalNumbers()),
                    c.contactId(),
                    c.contactOwnerId(),
                    c.assigneeId(),
                    array(c.followers()),
                    Json.text(c.recordRefs()),
                    c.frozen(),
                    members)))
        .map(rows -> rows.size() == 1);
  }

  /** Stores what can change of a conversation that the work has locked. */
  public Uni<Void> update(Work work, Conversation c) {
    return Query.in(work)
        .run(
            UPDATE,
            Tuple.from(
                Arrays.asList(
                    c.tenant(),
                    c.id(),
                    c.uniqueKey(),
                    c.name(),
                    c.subject(),
                    c.description(),
                    c.state().wire(),
                    c.posting() == null ? null : c.posting().wire(),
                    c.version(),
                    Json.text(c.recordRefs()))))
        .replaceWithVoid();
  }

  /** Stores whose a conversation is that the work has locked. */
  public Uni<Void> assign(Work work, Conversation c) {
    return Query.in(work)
        .run(
            ASSIGN,
            Tuple.from(
                Arrays.asList(
                    c.tenant(),
                    c.id(),
                    c.assigneeId(),
                    array(c.followers()),
                    c.contactId(),
                    c.contactOwnerId(),
                    c.version())))
        .replaceWithVoid();
  }

  /** A row of {@link #SEEN}. */
  private static Seen seen(Row row) {
    UUID memberId = row.getUUID("member_id");
    Seen.Mine mine = null;
    if (memberId != null) {
      String role = row.getString("role");
      mine =
          new Seen.Mine(
              memberId,
              role == null ? null : MemberRole.of(role),
              row.getString("source"),
              row.getLong("visible_from_seq"));
    }
    long from = mine == null ? 1 : mine.visibleFromSeq();
    long last = row.getLong("last_seq");
    String message = row.getString("last_message");
    boolean visible = message != null && last >= from;
    return new Seen(
        Conversation.of(row),
        mine,
        visible ? last : 0,
        row.getOffsetDateTime("activity_at").toInstant(),
        visible ? Json.read(message, LastMessage.class) : null,
        row.getInteger("member_count"));
  }

  private static String[] array(List<String> values) {
    return values == null ? null : values.toArray(String[]::new);
  }
}
