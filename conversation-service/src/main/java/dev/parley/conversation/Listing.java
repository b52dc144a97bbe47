package dev.parley.conversation;

import dev.parley.chassis.caller.Caller;
import dev.parley.contracts.Json;
import dev.parley.contracts.event.ConversationType;
import dev.parley.conversation.copy.Records;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The conversations that one takes part in: starred ones first, then the newest activity that the
 * reader may see. One look at membership and activity for each of the reader's conversations; only
 * the page's own are read whole. What is not asked for is not in the statement.
 */
@ApplicationScoped
public class Listing {
  /** In it and in the conditions, {@code {seq}} and the like are those of the reader's kind. */
  private static final String MINE =
      """
      with mine as (
        select m.conversation_id as id, m.starred,
               greatest(m.joined_at, case when {seq} >= m.visible_from_seq then {at} end)
                 as activity_at
        from member m
        join activity a on a.tenant = m.tenant and a.conversation_id = m.conversation_id
      """;

  private static final String WHOLE =
      " join conversation c on c.tenant = m.tenant and c.id = m.conversation_id ";

  /** A client's own channel is hidden from staff until somebody has used it. */
  private static final String OWN =
      """
       where m.tenant = $1 and m.kind = $2 and m.subject_id = $3 and m.state = 'active'
         and (a.last_seq > a.unused_upto or $2 = 'client')
      """;

  private static final String PAGE =
      """
      ),
      page as (
        select * from mine where (starred, activity_at, id) < ($4, $5, $6)
        order by starred desc, activity_at desc, id desc limit $7)
      """;

  private static final String ORDERED =
      " order by page.starred desc, page.activity_at desc, page.id desc";

  private static final String SHOWN =
      """
       and (m.hidden_seq is null
            or m.hidden_seq < case when {seq} >= m.visible_from_seq then {seq} else 0 end)
      """;

  /**
   * In name or subject, in the last message, in an outside number, or the beginning of a word of a
   * participant's name; of participants only where there are few enough to be known by name. A deal
   * room without a name of its own has the deal's for who sees the deal.
   */
  private static final String TEXT =
      """
       and (position(%1$s in c.words) > 0
            or {seq} >= m.visible_from_seq and position(%1$s in {words}) > 0
            or exists (select from unnest(c.external_numbers) n where position(%1$s in n) > 0)
            or exists (select from record_word_copy w
              where w.tenant = m.tenant and w.type = 'contact' and w.id = c.contact_id
                and w.word >= %1$s and w.word < %2$s)
            or c.type = 'deal_room' and c.name is null and exists (select from record_copy r
              join record_word_copy w on w.tenant = r.tenant and w.type = r.type and w.id = r.id
                and w.word >= %1$s and w.word < %2$s
              where r.tenant = m.tenant and r.type = 'deal'
                and r.id = substr(c.unique_key, length('deal_room/') + 1)
                and %3$s)
            or a.member_count <= 200 and exists (select from member o
              join record_word_copy w on w.tenant = o.tenant and w.id = o.subject_id
                and w.type = case o.kind when 'user' then 'user' else 'contact' end
                and w.word >= %1$s and w.word < %2$s
              where o.tenant = m.tenant and o.conversation_id = m.conversation_id
                and o.state = 'active' and o.id <> m.id))
      """;

  private static final String CLIENT =
      """
       and (c.contact_id = %1$s or exists (select from member o
              where o.tenant = m.tenant and o.conversation_id = m.conversation_id
                and o.kind = 'client' and o.subject_id = %1$s and o.state = 'active'))
      """;

  Listing() {}

  /** Which of one's conversations; hidden and archived ones are in their own lists alone. */
  public enum Filter {
    PARTICIPATING(" and a.state <> 'archived'" + SHOWN, false),
    /** Those that one has created oneself. */
    CREATED(" and c.created_by = $3 and a.state <> 'archived'" + SHOWN, true),
    CLOSED(" and a.state = 'closed'" + SHOWN, false),
    STARRED(" and m.starred and a.state <> 'archived'" + SHOWN, false),
    ARCHIVED(" and a.state = 'archived'", false),
    /**
     * Those with something unread for oneself; in the largest, where not everybody is told of each
     * count, those with something newer than what one has read.
     */
    UNREAD(
        " and a.state <> 'archived'"
            + SHOWN
            + """
             and (m.unread or a.member_count > 1000
               and {seq} > greatest(m.read_seq, coalesce(m.effective_seq, 0)))
            """,
        false),
    HIDDEN(
        """
         and m.hidden_seq >= case when {seq} >= m.visible_from_seq then {seq} else 0 end
         and a.state <> 'archived'
        """,
        false);

    private final String condition;
    private final boolean whole;

    Filter(String condition, boolean whole) {
      this.condition = condition;
      this.whole = whole;
    }
  }

  /**
   * What is asked for; null where it does not matter.
   *
   * @param text folded
   */
  public record Wanted(
      Filter filter,
      String type,
      String text,
      String recordType,
      String recordId,
      String clientId) {
    /** The same text for the same question. */
    public String scope() {
      return Json.text(Arrays.asList(filter, type, text, recordType, recordId, clientId));
    }
  }

  /** Where a page begins: behind this one. */
  public record Position(boolean starred, Instant activityAt, UUID id) {
    /** Before all. */
    public static final Position FIRST =
        new Position(true, Instant.parse("9999-01-01T00:00:00Z"), new UUID(-1, -1));

    /** Behind that conversation. */
    public static Position of(Seen seen) {
      return new Position(seen.starred(), seen.lastActivityAt(), seen.conversation().id());
    }

    /** As {@link #text()} wrote it. */
    public static Position of(String text) {
      String[] parts = text.split("/");
      return new Position(
          Boolean.parseBoolean(parts[0]), Instant.parse(parts[1]), UUID.fromString(parts[2]));
    }

    /** For a cursor. */
    public String text() {
      return starred + "/" + activityAt + "/" + id;
    }
  }

  /** One page. */
  public Uni<List<Seen>> page(Query query, Caller caller, Wanted wanted, Position from, int limit) {
    Statement s = new Statement();
    s.values.addAll(
        List.of(
            caller.tenant(),
            caller.kind(),
            caller.id(),
            from.starred(),
            from.activityAt().atOffset(ZoneOffset.UTC),
            from.id(),
            limit));
    conditions(s, caller, wanted);
    String text =
        ofKind(caller, MINE + (s.whole ? WHOLE : "") + OWN + s.conditions)
            + PAGE
            + Conversations.COLUMNS
            + "from page join conversation c on c.tenant = $1 and c.id = page.id "
            + Conversations.BESIDE
            + ORDERED;
    return query.list(text, Tuple.from(s.values), Conversations::seen);
  }

  /** To a client the newest message is the newest that is no internal note. */
  private static String ofKind(Caller caller, String text) {
    String newest = caller.isClient() ? "a.public_" : "a.last_";
    return text.replace("{seq}", newest + "seq")
        .replace("{at}", newest + "message_at")
        .replace("{words}", newest + "words");
  }

  private static void conditions(Statement s, Caller caller, Wanted wanted) {
    s.add(wanted.filter().condition, wanted.filter().whole);
    if (wanted.type() != null) {
      s.add(" and c.type = " + s.value(wanted.type()), true);
    }
    String[] closed = closedTo(caller);
    if (closed.length > 0) {
      s.add(" and c.type <> all(" + s.value(closed) + ")", true);
    }
    if (wanted.text() != null) {
      String from = s.value(wanted.text()) + "::text";
      String to = s.value(wanted.text() + Character.toString(Character.MAX_CODE_POINT));
      s.add(TEXT.formatted(from, to, Records.sees("$3", s.value(caller.assignedDataOnly()))), true);
    }
    if (wanted.recordType() != null) {
      Map<String, String> ref =
          wanted.recordId() == null
              ? Map.of("type", wanted.recordType())
              : Map.of("type", wanted.recordType(), "id", wanted.recordId());
      String json = s.value(Json.text(List.of(ref)));
      s.add(" and c.record_refs::jsonb @> " + json + "::text::jsonb", true);
    }
    if (wanted.clientId() != null) {
      s.add(CLIENT.formatted(s.value(wanted.clientId())), true);
    }
  }

  private static String[] closedTo(Caller caller) {
    return Arrays.stream(ConversationType.values())
        .filter(type -> !MembershipPolicy.of(type).open(caller))
        .map(ConversationType::wire)
        .toArray(String[]::new);
  }

  /** A statement being put together: conditions and the values of their places. */
  private static final class Statement {
    private final StringBuilder conditions = new StringBuilder();
    private final List<Object> values = new ArrayList<>();
    private boolean whole;

    String value(Object value) {
      values.add(value);
      return "$" + values.size();
    }

    void add(String condition, boolean needsConversation) {
      conditions.append(condition);
      whole |= needsConversation;
    }
  }
}
