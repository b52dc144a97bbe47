package dev.parley.message.threads;

import dev.parley.chassis.caller.Caller;
import dev.parley.chassis.page.Cursors;
import dev.parley.chassis.page.Page;
import dev.parley.chassis.problem.Problem;
import dev.parley.chassis.tx.Tx;
import dev.parley.message.MessageView;
import dev.parley.message.Messages;
import dev.parley.message.Stored;
import dev.parley.message.copy.Shown;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The threads that somebody follows. Those whose root they do not see are not there, nor are those
 * of conversations that they have left; for a client a thread of internal notes alone is none.
 */
@ApplicationScoped
class ListThreads {
  private static final String LIST =
      """
      select * from (
        select m.id, f.read_seq, u.unread,
          coalesce(case $2 when 'client' then m.client_thread_at else m.thread_at end, m.at)
            as last_at
        from thread_follow f
        join member me on me.tenant = f.tenant and me.conversation_id = f.conversation_id
          and me.kind = f.kind and me.subject_id = f.subject_id and me.granted
        join timeline t on t.tenant = f.tenant and t.conversation_id = f.conversation_id
        join message m on m.tenant = f.tenant and m.id = f.root_id
        cross join lateral (
          select count(*) as unread from message x
          where x.tenant = f.tenant and x.thread_root = f.root_id and x.seq > f.read_seq
            and x.kind = 'user' and x.deleted_at is null
            and not (x.author_id = f.subject_id and x.author_kind = f.kind)
            and (f.kind = 'user' or x.visibility = 'all')) u
        where f.tenant = $1 and f.kind = $2 and f.subject_id = $3 and f.following
          and m.seq >= me.visible_from_seq
          and (f.kind = 'user' or m.visibility = 'all' and m.client_thread_count > 0)
          and not ($4 and t.type = 'internal_chat')
          and (not $5 or u.unread > 0)
      ) s
      where $6::timestamptz is null or (s.last_at, s.id) < ($6, $7)
      order by s.last_at desc, s.id desc
      limit $8
      """;

  private final Tx tx;
  private final Messages messages;
  private final Shown shown;
  private final Cursors cursors;

  ListThreads(Tx tx, Messages messages, Shown shown, Cursors cursors) {
    this.tx = tx;
    this.messages = messages;
    this.shown = shown;
    this.cursors = cursors;
  }

  Uni<Page<ThreadItem>> list(Caller caller, String filter, String cursor, int limit) {
    boolean unread = "unread".equals(filter);
    if (filter != null && !unread && !filter.equals("following")) {
      throw Problem.invalid("filter", "is following or unread");
    }
    String scope = Cursors.scope("threads", caller, "" + unread);
    Position from = cursor == null ? null : Position.of(cursors.require(scope, cursor));
    Tuple tuple =
        Tuple.tuple()
            .addString(caller.tenant())
            .addString(caller.kind())
            .addString(caller.id())
            .addBoolean(caller.impersonator() != null)
            .addBoolean(unread)
            .addOffsetDateTime(from == null ? null : from.at())
            .addUUID(from == null ? null : from.root())
            .addInteger(limit + 1);
    return tx.read(LIST, tuple)
        .flatMap(
            rows -> {
              List<Row> found = new ArrayList<>(rows.size());
              rows.forEach(found::add);
              List<Row> page = found.size() > limit ? found.subList(0, limit) : found;
              return messages
                  .find(caller, page.stream().map(row -> row.getUUID("id")).toList())
                  .flatMap(
                      roots -> shown.kept(caller, roots).map(views -> items(page, roots, views)))
                  .map(items -> new Page<>(items, next(scope, items, found.size() > limit)));
            });
  }

  private String next(String scope, List<ThreadItem> items, boolean more) {
    if (!more) {
      return null;
    }
    ThreadItem last = items.get(items.size() - 1);
    return cursors.seal(scope, last.lastAt() + " " + last.rootId());
  }

  private record Position(OffsetDateTime at, UUID root) {
    static Position of(String text) {
      try {
        int space = text.indexOf(' ');
        return new Position(
            OffsetDateTime.parse(text.substring(0, space)),
            UUID.fromString(text.substring(space + 1)));
      } catch (DateTimeParseException e) {
        throw Problem.invalid("cursor", "is not a cursor of this list");
      }
    }
  }

  private static List<ThreadItem> items(
      List<Row> page, List<Stored> roots, List<MessageView> views) {
    Map<UUID, MessageView> shown = new HashMap<>();
    views.forEach(view -> shown.put(view.id(), view));
    Map<UUID, Stored> byId = new HashMap<>();
    roots.forEach(root -> byId.put(root.message().id(), root));
    return page.stream()
        .map(
            row -> {
              Stored root = byId.get(row.getUUID("id"));
              return new ThreadItem(
                  root.message().id(),
                  root.message().conversationId(),
                  shown.get(root.message().id()),
                  row.getLong("read_seq"),
                  row.getLong("unread"),
                  row.getOffsetDateTime("last_at").toInstant());
            })
        .toList();
  }
}
