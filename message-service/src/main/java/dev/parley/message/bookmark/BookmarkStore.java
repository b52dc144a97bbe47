package dev.parley.message.bookmark;

import dev.parley.chassis.caller.Caller;
import dev.parley.chassis.tx.Tx;
import dev.parley.chassis.tx.Work;
import dev.parley.contracts.Json;
import dev.parley.contracts.event.Bookmark;
import dev.parley.contracts.event.RecordRef;
import dev.parley.message.Bookmarks;
import dev.parley.message.Timelines;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The store of bookmarks; who may see the message is asked beside, but for lists. */
@ApplicationScoped
class BookmarkStore {
  private static final String DEAL = "deal";

  private static final String FIND =
      """
      select * from bookmark where tenant = $1 and id = $2
        and (visibility = 'conversation' or created_by = $3)
      """;

  private static final String INSERT =
      """
      with marked as (
        update message set bookmarked = true where tenant = $1 and id = $4 and not bookmarked
      )
      insert into bookmark (tenant, id, conversation_id, message_id, seq, type, note, assignee_id,
        due_at, status, visibility, created_by, created_at, version)
      values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, 1)
      """;

  /** Another due time reminds anew, and so does another assignee, who was not reminded. */
  private static final String UPDATE =
      """
      update bookmark set type = $3, note = $4, assignee_id = $5, due_at = $6, status = $7,
        visibility = $8, version = version + 1,
        reminded_at = case when due_at is distinct from $6 or assignee_id is distinct from $5
          then null else reminded_at end
      where tenant = $1 and id = $2 returning *
      """;

  private static final String DELETE = "delete from bookmark where tenant = $1 and id = $2";
  private static final String DELETE_OF =
      """
      with gone as (delete from bookmark where tenant = $1 and message_id = $2 returning *)
      select * from gone g where g.visibility = 'conversation' or %s
      order by created_at, id
      """
          .formatted(Sight.of("g.tenant", "g.conversation_id", "g.seq", "g.created_by"));

  /**
   * What has to do with a record: a message that names it, all of a conversation that it is
   * attached to, and all of a deal's own room.
   */
  private static final String LIST =
      """
      select b.* from bookmark b
      join timeline t on t.tenant = b.tenant and t.conversation_id = b.conversation_id
      left join member r on r.tenant = b.tenant and r.conversation_id = b.conversation_id
        and r.kind = 'user' and r.subject_id = $2 and r.granted
      where b.tenant = $1
        and (b.visibility = 'conversation' or b.created_by = $2)
        and (r.subject_id is not null or t.type = 'channel' or $3 and t.type in %s
          or %s)
        and not ($4 and t.type = 'internal_chat')
        and b.seq >= coalesce(r.visible_from_seq, 1)
        and ($5::text is null or b.type = $5) and ($6::text is null or b.status = $6)
        and ($7::uuid is null or b.conversation_id = $7)
        and ($8::text is null or b.assignee_id = $8)
        and ($9::text is null or exists (
          select from message m where m.tenant = b.tenant and m.id = b.message_id
            and m.record_refs::jsonb @> $9::jsonb)
          or t.deal = $13 or $14 = any(t.record_refs))
        and (b.created_at, b.id) < ($10, $11)
      order by b.created_at desc, b.id desc limit $12
      """
          .formatted(Timelines.CUSTOMER_TYPES, Timelines.SEES_DEAL.formatted("$2", "(not $3)"));

  private final Tx tx;

  BookmarkStore(Tx tx) {
    this.tx = tx;
  }

  /** The bookmark, if it is for the caller's eyes at all. */
  Uni<Optional<Bookmark>> find(Caller caller, UUID id) {
    return tx.read(FIND, Tuple.of(caller.tenant(), id, caller.id())).map(BookmarkStore::first);
  }

  /** The same as the work sees it. */
  Uni<Optional<Bookmark>> find(Work work, Caller caller, UUID id) {
    return run(work, FIND, Tuple.of(caller.tenant(), id, caller.id())).map(BookmarkStore::first);
  }

  Uni<Void> insert(Work work, String tenant, Bookmark bookmark) {
    Tuple values =
        Tuple.tuple()
            .addString(tenant)
            .addUUID(bookmark.id())
            .addUUID(bookmark.conversationId())
            .addUUID(bookmark.messageId())
            .addLong(bookmark.seq())
            .addString(bookmark.type().wire())
            .addString(bookmark.note())
            .addString(bookmark.assigneeId())
            .addOffsetDateTime(time(bookmark.dueAt()))
            .addString(bookmark.status().wire())
            .addString(bookmark.visibility().wire())
            .addString(bookmark.createdBy())
            .addOffsetDateTime(time(bookmark.createdAt()));
    return run(work, INSERT, values).replaceWithVoid();
  }

  /** As it is then, with its new version. */
  Uni<Bookmark> update(Work work, String tenant, Bookmark bookmark) {
    Tuple values =
        Tuple.tuple()
            .addString(tenant)
            .addUUID(bookmark.id())
            .addString(bookmark.type().wire())
            .addString(bookmark.note())
            .addString(bookmark.assigneeId())
            .addOffsetDateTime(time(bookmark.dueAt()))
            .addString(bookmark.status().wire())
            .addString(bookmark.visibility().wire());
    return run(work, UPDATE, values).map(rows -> first(rows).orElseThrow());
  }

  Uni<Void> delete(Work work, String tenant, UUID id) {
    return run(work, DELETE, Tuple.of(tenant, id)).replaceWithVoid();
  }

  /**
   * Deletes all of a message; what they were, the oldest first, but for private ones of who does
   * not see the message any more: of it nothing is told to them.
   */
  Uni<List<Bookmark>> deleteOf(Work work, String tenant, UUID message) {
    return run(work, DELETE_OF, Tuple.of(tenant, message)).map(BookmarkStore::all);
  }

  /** Those behind the position that the caller sees, newest first. */
  Uni<List<Bookmark>> list(Caller caller, BookmarkQuery query, int limit) {
    RecordRef ref = query.record();
    Tuple values =
        Tuple.tuple()
            .addString(caller.tenant())
            .addString(caller.id())
            .addBoolean(caller.seesAllCustomers())
            .addBoolean(caller.impersonator() != null)
            .addString(query.type() == null ? null : query.type().wire())
            .addString(query.status() == null ? null : query.status().wire())
            .addUUID(query.conversation())
            .addString(query.assigneeId())
            .addString(ref == null ? null : Json.text(List.of(ref)))
            .addOffsetDateTime(time(query.before()))
            .addUUID(query.beforeId())
            .addInteger(limit)
            .addString(ref != null && ref.type().equals(DEAL) ? ref.id() : null)
            .addString(ref == null ? null : Timelines.key(ref));
    return tx.read(LIST, values).map(BookmarkStore::all);
  }

  private static List<Bookmark> all(RowSet<Row> rows) {
    List<Bookmark> found = new ArrayList<>(rows.size());
    rows.forEach(row -> found.add(Bookmarks.of(row)));
    return found;
  }

  private static OffsetDateTime time(Instant at) {
    return at == null ? null : at.atOffset(ZoneOffset.UTC);
  }

  private static Optional<Bookmark> first(RowSet<Row> rows) {
    return rows.size() == 0 ? Optional.empty() : Optional.of(Bookmarks.of(rows.iterator().next()));
  }

  private static Uni<RowSet<Row>> run(Work work, String statement, Tuple values) {
    return work.sql().preparedQuery(statement).execute(values);
  }
}
