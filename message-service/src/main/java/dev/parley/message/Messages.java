package dev.parley.message;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.parley.chassis.caller.Caller;
import dev.parley.chassis.tx.Tx;
import dev.parley.chassis.tx.Work;
import dev.parley.contracts.Json;
import dev.parley.contracts.event.Attachment;
import dev.parley.contracts.event.AuthorKind;
import dev.parley.contracts.event.Delivery;
import dev.parley.contracts.event.LinkPreview;
import dev.parley.contracts.event.Message;
import dev.parley.contracts.event.MessageBuilder;
import dev.parley.contracts.event.MessageKind;
import dev.parley.contracts.event.RecordRef;
import dev.parley.contracts.event.Visibility;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Reads messages, always for a caller: of their tenant, not before what they may see, without
 * internal notes for clients. Who may see the conversation at all is {@link Timelines}' to say.
 */
@ApplicationScoped
public class Messages {
  private static final TypeReference<List<RecordRef>> REFS = new TypeReference<>() {};
  private static final TypeReference<List<Attachment>> ATTACHMENTS = new TypeReference<>() {};
  private static final TypeReference<List<LinkPreview>> PREVIEWS = new TypeReference<>() {};
  private static final TypeReference<List<Delivery>> DELIVERIES = new TypeReference<>() {};
  private static final TypeReference<List<Stored.Reaction>> REACTIONS = new TypeReference<>() {};

  /** How many of those who reacted are named, the first ones. */
  private static final int NAMED = 100;

  /** Filled in with the places of the reader's kind and id; {@code ''} for nobody. */
  private static final String COLUMNS =
      """
      select m.*, (select json_agg(json_build_object('to', d.recipient, 'status', d.status,
          'code', d.code, 'reason', d.reason, 'segments', d.segments,
          'at', to_char(d.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))
          order by d.recipient)::text
        from delivery d where d.tenant = m.tenant and d.message_id = m.id) as deliveries,
        case when m.reaction_version > 0 then (
          select json_agg(json_build_object('emoji', r.emoji, 'count', r.n, 'me', r.me,
              'users', r.users) order by r.first, r.emoji)::text
          from (select e.emoji, count(*) as n, min(e.at) as first,
                  bool_or(e.kind = %1$s and e.subject_id = %2$s) as me,
                  (array_agg(e.subject_id order by e.at, e.subject_id))[1:%3$d] as users
                from reaction e where e.tenant = m.tenant and e.message_id = m.id
                group by e.emoji) r) end as reactions,
        m.thread_count > 0 and exists (
          select from thread_follow f
          where f.tenant = m.tenant and f.kind = %1$s and f.subject_id = %2$s
            and f.conversation_id = m.conversation_id and f.root_id = m.id and f.following)
          as following
      from message m
      """;

  private static final String VISIBLE =
      """
      where m.tenant = $1 and m.conversation_id = $2 and m.seq >= $3
        and ($4 or m.visibility = 'all')
      """;

  private static final String BY_ID = columns("$3", "$4") + "where m.tenant = $1 and m.id = $2";

  private static final String BY_IDS =
      columns("$3", "$4") + "where m.tenant = $1 and m.id = any($2)";

  private static final String BY_CLIENT_ID =
      columns("$4", "$3")
          + """
          where m.tenant = $1 and m.conversation_id = $2 and m.author_id = $3
            and m.author_kind = $4 and m.client_msg_id = $5
          """;

  /** Under what replies hang, if the reader sees it; filled in with the place of its id. */
  private static final String ROOT =
      """
      select r.visibility from message r
      where r.tenant = $1 and r.conversation_id = $2 and r.seq >= $3
        and ($4 or r.visibility = 'all') and r.id = %s and r.thread_root is null
      """;

  private static final String PAGE = columns("$7", "$8") + VISIBLE;
  private static final String PAGE_BEFORE =
      PAGE + " and m.seq < $5 %s order by m.seq desc limit $6";
  private static final String PAGE_AFTER = PAGE + " and m.seq > $5 %s order by m.seq limit $6";
  private static final String CHANGED_AFTER = PAGE + " and m.rev > $5 %s order by m.rev limit $6";

  /** By the last change that clients see, which of most messages is the last one. */
  private static final String CHANGED_FOR_CLIENTS =
      "select * from (("
          + PAGE
          + " and m.client_rev is null and m.rev > $5 %1$s order by m.rev limit $6) union all ("
          + PAGE
          + " and m.client_rev > $5 %1$s order by m.client_rev limit $6)) m"
          + " order by coalesce(client_rev, rev) limit $6";

  private final Tx tx;

  Messages(Tx tx) {
    this.tx = tx;
  }

  /** Which messages: all, top level alone, or one thread's replies, if the reader sees its root. */
  public record Place(boolean topLevel, UUID thread) {
    public static final Place ANYWHERE = new Place(false, null);

    private String condition() {
      if (thread != null) {
        return "and m.thread_root = $9 and exists (" + ROOT.formatted("$9") + ")";
      }
      return topLevel ? "and m.thread_root is null" : "";
    }
  }

  /** The message of that id, wherever it is; the caller checks access to its conversation. */
  public Uni<Optional<Stored>> find(Caller caller, UUID id) {
    return tx.read(BY_ID, Tuple.of(caller.tenant(), id, caller.kind(), caller.id()))
        .map(Messages::stored);
  }

  /** Those of these ids that there are, in no order; access is the caller's to check. */
  public Uni<List<Stored>> find(Caller caller, List<UUID> ids) {
    UUID[] all = ids.toArray(UUID[]::new);
    return tx.read(BY_IDS, Tuple.of(caller.tenant(), all, caller.kind(), caller.id()))
        .map(Messages::all);
  }

  /** The same as the work sees it. */
  Uni<Optional<Stored>> find(Work work, Caller caller, UUID id) {
    return find(work, Tuple.of(caller.tenant(), id, caller.kind(), caller.id()));
  }

  /** The same for no reader. */
  Uni<Optional<Stored>> find(Work work, String tenant, UUID id) {
    return find(work, Tuple.of(tenant, id, "", ""));
  }

  private static Uni<Optional<Stored>> find(Work work, Tuple values) {
    return work.sql().preparedQuery(BY_ID).execute(values).map(Messages::stored);
  }

  /** What the caller sent there under that id. */
  public Uni<Optional<Stored>> sentBy(Caller caller, UUID conversation, String clientMsgId) {
    return tx.read(
            BY_CLIENT_ID,
            Tuple.of(caller.tenant(), conversation, caller.id(), caller.kind(), clientMsgId))
        .map(Messages::stored);
  }

  /** How visible the message is that replies hang under; empty where the caller sees none such. */
  public Uni<Optional<Visibility>> threadRoot(
      Caller caller, UUID conversation, UUID root, long visibleFrom) {
    return tx.read(
            ROOT.formatted("$5"),
            Tuple.of(caller.tenant(), conversation, visibleFrom, !caller.isClient(), root))
        .map(rows -> first(rows).map(row -> Visibility.of(row.getString("visibility"))));
  }

  /** Up to {@code limit} messages with a lower seq, nearest first. */
  public Uni<List<Stored>> before(
      Caller caller, UUID conversation, Access access, long seq, int limit, Place place) {
    return page(PAGE_BEFORE, caller, conversation, access, seq, limit, place);
  }

  /** Up to {@code limit} messages with a higher seq, nearest first. */
  public Uni<List<Stored>> after(
      Caller caller, UUID conversation, Access access, long seq, int limit, Place place) {
    return page(PAGE_AFTER, caller, conversation, access, seq, limit, place);
  }

  /** Up to {@code limit} messages that changed behind that place in the log, by their change. */
  public Uni<List<Stored>> changedAfter(
      Caller caller, UUID conversation, Access access, long rev, int limit, Place place) {
    String changed = caller.isClient() ? CHANGED_FOR_CLIENTS : CHANGED_AFTER;
    return page(changed, caller, conversation, access, rev, limit, place);
  }

  private Uni<List<Stored>> page(
      String statement,
      Caller caller,
      UUID conversation,
      Access access,
      long position,
      int limit,
      Place place) {
    Tuple tuple =
        Tuple.tuple()
            .addString(caller.tenant())
            .addUUID(conversation)
            .addLong(access.visibleFromSeq())
            .addBoolean(!caller.isClient())
            .addLong(position)
            .addInteger(limit)
            .addString(caller.kind())
            .addString(caller.id());
    if (place.thread() != null) {
      tuple.addUUID(place.thread());
    }
    return tx.read(statement.formatted(place.condition()), tuple).map(Messages::all);
  }

  private static List<Stored> all(RowSet<Row> rows) {
    List<Stored> items = new ArrayList<>(rows.size());
    rows.forEach(row -> items.add(stored(row)));
    return items;
  }

  private static String columns(String readerKind, String readerId) {
    return COLUMNS.formatted(readerKind, readerId, NAMED);
  }

  private static Optional<Row> first(RowSet<Row> rows) {
    return rows.size() == 0 ? Optional.empty() : Optional.of(rows.iterator().next());
  }

  private static Optional<Stored> stored(RowSet<Row> rows) {
    return first(rows).map(Messages::stored);
  }

  private static Stored stored(Row row) {
    Buffer fingerprint = row.getBuffer("fingerprint");
    OffsetDateTime deletedAt = row.getOffsetDateTime("deleted_at");
    String reactions = row.getString("reactions");
    List<Stored.Reaction> reacted = reactions == null ? List.of() : list(reactions, REACTIONS);
    return new Stored(
        message(row, reacted),
        reacted,
        row.getBoolean("bookmarked"),
        fingerprint == null ? null : fingerprint.getBytes(),
        row.getString("deleted_by"),
        deletedAt == null ? null : deletedAt.toInstant(),
        ThreadView.of(Replies.figures(row, ""), row),
        ThreadView.of(Replies.figures(row, "client_"), row),
        row.getLong(row.getLong("client_rev") == null ? "rev" : "client_rev"));
  }

  private static Message.Edited edited(Row row) {
    OffsetDateTime at = row.getOffsetDateTime("edited_at");
    return at == null
        ? null
        : new Message.Edited(at.toInstant(), row.getLong("edited_version"), null);
  }

  private static Message message(Row row, List<Stored.Reaction> reactions) {
    String system = row.getString("system");
    return MessageBuilder.builder()
        .id(row.getUUID("id"))
        .conversationId(row.getUUID("conversation_id"))
        .clientMsgId(row.getString("client_msg_id"))
        .kind(MessageKind.of(row.getString("kind")))
        .authorId(row.getString("author_id"))
        .authorKind(AuthorKind.of(row.getString("author_kind")))
        .authorName(row.getString("author_name"))
        .from(row.getString("from_number"))
        .impersonatedBy(row.getString("impersonated_by"))
        .body(row.getString("body"))
        .visibility(Visibility.of(row.getString("visibility")))
        .mentions(List.of(row.getArrayOfStrings("mentions")))
        .attachments(list(row.getString("attachments"), ATTACHMENTS))
        .records(list(row.getString("record_refs"), REFS))
        .previews(list(row.getString("previews"), PREVIEWS))
        .threadRoot(row.getUUID("thread_root"))
        .reactions(reactions.stream().map(Stored.Reaction::forAll).toList())
        .pinned(row.getBoolean("pinned"))
        .edited(edited(row))
        .deliveries(list(row.getString("deliveries"), DELIVERIES))
        .system(system == null ? null : Json.read(system, Message.Pill.class))
        .at(row.getOffsetDateTime("at").toInstant())
        .version(row.getLong("version"))
        .seq(row.getLong("seq"))
        .rev(row.getLong("rev"))
        .build();
  }

  private static <T> List<T> list(String json, TypeReference<List<T>> type) {
    if (json == null) {
      return null;
    }
    try {
      return Json.mapper().readValue(json, type);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
