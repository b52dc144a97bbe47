package dev.parley.conversation;

import dev.parley.chassis.caller.Caller;
import dev.parley.chassis.problem.Problem;
import dev.parley.chassis.tx.Work;
import dev.parley.contracts.Json;
import dev.parley.contracts.event.MemberRole;
import dev.parley.conversation.copy.Words;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The store of conversations. Nothing is asked of it without a tenant. */
@ApplicationScoped
public class Conversations {
  /**
   * A conversation with what its reader has of it; {@code $2} and {@code $3} are the reader's kind
   * and id. To a client the newest message is the newest that is no internal note. A pill is none.
   */
  static final String COLUMNS =
      """
      select c.id, c.tenant, c.type, c.unique_key, c.name, c.subject, c.description, c.state,
             c.posting, c.created_by, c.created_at, c.version, c.own_number, c.external_numbers,
             c.contact_id, c.contact_owner_id, c.assignee_id, c.followers, c.record_refs, c.frozen,
             l.seq as last_seq, l.placed as placed_seq, l.message as last_message, a.member_count,
             m.id as member_id, m.role, m.source, m.visible_from_seq,
             greatest(coalesce(m.joined_at, c.created_at),
                      case when l.seq >= coalesce(m.visible_from_seq, 1) then l.at end)
               as activity_at,
             coalesce(m.starred, p.starred, false) as starred,
             case when m.id is null then p.hidden_seq else m.hidden_seq end as hidden_seq
      """;

  /** What stands beside a conversation {@code c} for its reader. */
  static final String BESIDE =
      """
      join activity a on a.tenant = c.tenant and a.conversation_id = c.id
      cross join lateral (
        select case when $2 = 'client' then a.public_seq else a.last_seq end as seq,
               case when $2 = 'client' then a.public_seq else a.placed_seq end as placed,
               case when $2 = 'client' then a.public_message else a.last_message end as message,
               case when $2 = 'client' then a.public_message_at else a.last_message_at end as at) l
      left join member m on m.tenant = c.tenant and m.conversation_id = c.id and m.kind = $2
        and m.subject_id = $3 and m.state = 'active'
      left join preference p on p.tenant = c.tenant and p.kind = $2 and p.subject_id = $3
        and p.conversation_id = c.id
      """;

  private static final String SEEN = COLUMNS + "from conversation c " + BESIDE;

  private static final String FIND = SEEN + "where c.tenant = $1 and c.id = $4";

  private static final String FIND_MANY = SEEN + "where c.tenant = $1 and c.id = any($4)";

  private static final String CHANNELS =
      SEEN
          + """
          where c.tenant = $1 and c.type = 'channel' and c.state <> 'archived'
            and (c.name collate "C") > $4
            and ($5 = '' or position($5 in c.words) > 0
              or position($5 in lower(coalesce(c.description, ''))) > 0)
          order by c.name collate "C" limit $6
          """;

  private static final String LOCK =
      "select from conversation where tenant = $1 and id = $2 for no key update";

  private static final String BY_ID =
      "select * from conversation where tenant = $1 and id = $2 for no key update";
  private static final String LOCK_ALL =
      """
      select c.* from conversation c
      join unnest($1::text[], $2::uuid[]) as k(tenant, id) on c.tenant = k.tenant and c.id = k.id
      order by c.id for no key update of c
      """;

  private static final String BY_KEY =
      "select * from conversation where tenant = $1 and unique_key = $2 for no key update";

  private static final String INSERT =
      """
      with c as (
        insert into conversation (id, tenant, type, unique_key, name, subject, description, state,
          posting, created_by, created_at, version, own_number, external_numbers, contact_id,
          contact_owner_id, assignee_id, followers, record_refs, frozen, words)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18,
                $19, $20, $22)
        on conflict (tenant, unique_key) where unique_key is not null do nothing
        returning id, tenant, state)
      insert into activity (conversation_id, tenant, state, member_count, places)
      select id, tenant, state, $21, $21 from c
      returning conversation_id
      """;

  private static final String UPDATE =
      """
      with c as (
        update conversation set unique_key = $3, name = $4, subject = $5, description = $6,
          posting = $8, version = $9, record_refs = $10, words = $11, external_numbers = $12,
          state = $7, closed_at = case $7 when 'closed' then coalesce(closed_at, clock_timestamp()) end
        where tenant = $1 and id = $2
        returning id, state)
      update activity a set state = c.state from c
      where a.conversation_id = c.id and a.state <> c.state
      """;

  private static final String ASSIGN =
      """
      update conversation set assignee_id = $3, followers = $4, contact_id = $5,
        contact_owner_id = $6, version = $7, frozen = $8
      where tenant = $1 and id = $2
      """;

  private final PhonePairs pairs;

  Conversations(PhonePairs pairs) {
    this.pairs = pairs;
  }

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
   * The tenant's channels by name.
   *
   * @param text folded; in name or description; empty for all
   */
  public Uni<List<Seen>> channels(
      Query query, Caller caller, String text, String afterName, int limit) {
    return query.list(
        CHANNELS,
        Tuple.of(caller.tenant(), caller.kind(), caller.id(), afterName, text, limit),
        Conversations::seen);
  }

  /** Locks the conversation until the work's end; its events are in the order of these locks. */
  public Uni<Void> lock(Work work, String tenant, UUID id) {
    return Query.in(work).run(LOCK, Tuple.of(tenant, id)).replaceWithVoid();
  }

  /** The conversation, which there is, locked until the work's end. */
  public Uni<Conversation> lockById(Work work, String tenant, UUID id) {
    return Query.in(work)
        .first(BY_ID, Tuple.of(tenant, id), Conversation::of)
        .map(Optional::orElseThrow);
  }

  /** Several, of whatever tenants, locked until the work's end; always in the same order. */
  public Uni<List<Conversation>> lockAll(Work work, List<String> tenants, List<UUID> ids) {
    return ids.isEmpty()
        ? Uni.createFrom().item(List.of())
        : Query.in(work)
            .list(
                LOCK_ALL,
                Tuple.of(tenants.toArray(String[]::new), ids.toArray(UUID[]::new)),
                Conversation::of);
  }

  /** The conversation of which there may be one alone, locked until the work's end. */
  public Uni<Optional<Conversation>> lockByKey(Work work, String tenant, String uniqueKey) {
    return Query.in(work).first(BY_KEY, Tuple.of(tenant, uniqueKey), Conversation::of);
  }

  /**
   * Stores a new one; false, and nothing stored, when its unique key is taken.
   *
   * @throws Problem 409 {@code number_in_use} when one of its phone pairs is
   */
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
                    members,
                    words(c))))
        .map(rows -> rows.size() == 1)
        .call(made -> made ? pairs.keep(work, c) : Uni.createFrom().voidItem());
  }

  /**
   * Stores what can change of a conversation that the work has locked.
   *
   * @throws Problem 409 {@code number_in_use} when one of its phone pairs is another's now
   */
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
                    Json.text(c.recordRefs()),
                    words(c),
                    array(c.externalNumbers()))))
        .chain(() -> pairs.keep(work, c));
  }

  /** Stores whose a conversation is, and whether frozen, that the work has locked. */
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
                    c.version(),
                    c.frozen())))
        .replaceWithVoid();
  }

  /** A row of {@link #COLUMNS}. */
  static Seen seen(Row row) {
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
    long placed = row.getLong("placed_seq");
    String message = row.getString("last_message");
    boolean visible = message != null && last >= from;
    Long hidden = row.getLong("hidden_seq");
    return new Seen(
        Conversation.of(row),
        mine,
        placed >= from ? placed : 0,
        row.getOffsetDateTime("activity_at").toInstant(),
        visible ? Json.read(message, LastMessage.class) : null,
        row.getInteger("member_count"),
        row.getBoolean("starred"),
        hidden != null && (visible ? last : 0) <= hidden);
  }

  private static String words(Conversation c) {
    return Words.fold(
        (c.name() == null ? "" : c.name()) + " " + (c.subject() == null ? "" : c.subject()));
  }

  private static String[] array(List<String> values) {
    return values == null ? null : values.toArray(String[]::new);
  }
}
