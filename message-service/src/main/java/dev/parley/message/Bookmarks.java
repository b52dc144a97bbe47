package dev.parley.message;

import dev.parley.chassis.caller.Caller;
import dev.parley.chassis.tx.Tx;
import dev.parley.chassis.tx.Work;
import dev.parley.contracts.event.Bookmark;
import dev.parley.contracts.event.BookmarkStatus;
import dev.parley.contracts.event.BookmarkType;
import dev.parley.contracts.event.BookmarkVisibility;
import dev.parley.contracts.event.ConversationType;
import dev.parley.contracts.event.Message;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The bookmarks that messages have, for their reader. */
@ApplicationScoped
public class Bookmarks {
  private static final String OF_MESSAGES =
      """
      select * from bookmark
      where tenant = $1 and message_id = any($2)
        and (visibility = 'conversation' or created_by = $3)
      order by created_at, id
      """;

  private static final String SHARED =
      """
      select * from bookmark
      where tenant = $1 and message_id = $2 and visibility = 'conversation'
      order by created_at, id
      """;

  private final Tx tx;

  Bookmarks(Tx tx) {
    this.tx = tx;
  }

  /**
   * The bookmarks of messages that the caller sees: those of all and the caller's own. None for
   * clients; no query when no message has any.
   */
  private Uni<Map<UUID, List<Bookmark>>> of(Caller caller, List<Stored> messages) {
    UUID[] marked =
        messages.stream()
            .filter(Stored::bookmarked)
            .map(stored -> stored.message().id())
            .toArray(UUID[]::new);
    if (caller.isClient() || marked.length == 0) {
      return Uni.createFrom().item(Map.of());
    }
    return tx.read(OF_MESSAGES, Tuple.of(caller.tenant(), marked, caller.id()))
        .map(
            rows -> {
              Map<UUID, List<Bookmark>> found = new HashMap<>();
              rows.forEach(
                  row ->
                      found
                          .computeIfAbsent(row.getUUID("message_id"), id -> new ArrayList<>())
                          .add(of(row)));
              return found;
            });
  }

  /** The messages as the caller gets them, with those that they see; one query at most. */
  public Uni<List<MessageView>> views(Caller caller, List<Stored> messages) {
    return of(caller, messages)
        .map(
            found ->
                messages.stream()
                    .map(
                        stored ->
                            ForReader.of(caller, stored)
                                .withBookmarks(found.get(stored.message().id())))
                    .toList());
  }

  /** The message as the caller gets it, with those that they see. */
  public Uni<MessageView> view(Caller caller, Stored stored) {
    return views(caller, List.of(stored)).map(views -> views.get(0));
  }

  /** The message as it is told, with those that are for all staff; nearly always no query. */
  Uni<Message> told(Work work, String tenant, Stored stored, ConversationType type) {
    return shared(work, tenant, stored).map(shared -> stored.told(shared, type));
  }

  private static Uni<List<Bookmark>> shared(Work work, String tenant, Stored stored) {
    if (!stored.bookmarked()) {
      return Uni.createFrom().item(List.of());
    }
    return work.sql()
        .preparedQuery(SHARED)
        .execute(Tuple.of(tenant, stored.message().id()))
        .map(
            rows -> {
              List<Bookmark> found = new ArrayList<>(rows.size());
              rows.forEach(row -> found.add(of(row)));
              return found;
            });
  }

  /** A row of the table. */
  public static Bookmark of(Row row) {
    OffsetDateTime dueAt = row.getOffsetDateTime("due_at");
    return new Bookmark(
        row.getUUID("id"),
        row.getUUID("message_id"),
        row.getUUID("conversation_id"),
        row.getLong("seq"),
        BookmarkType.of(row.getString("type")),
        row.getString("note"),
        row.getString("assignee_id"),
        dueAt == null ? null : dueAt.toInstant(),
        BookmarkStatus.of(row.getString("status")),
        BookmarkVisibility.of(row.getString("visibility")),
        row.getString("created_by"),
        row.getOffsetDateTime("created_at").toInstant(),
        row.getLong("version"));
  }
}
