package dev.parley.message.attachment;

import dev.parley.chassis.await.Waiter;
import dev.parley.chassis.caller.Caller;
import dev.parley.chassis.page.Cursors;
import dev.parley.chassis.page.Page;
import dev.parley.chassis.problem.Problem;
import dev.parley.chassis.tx.Tx;
import dev.parley.contracts.Ids;
import dev.parley.contracts.event.AttachmentState;
import dev.parley.message.Access;
import dev.parley.message.Timelines;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** The files of a conversation that the reader may see, newest first. */
@ApplicationScoped
class ListFiles {
  private static final Set<String> KINDS = Set.of("image", "video", "audio", "document");
  private static final String PAGE =
      """
      select a.*, m.at, m.author_id from attachment a
      join message m on m.tenant = a.tenant and m.id = a.message_id
      where a.tenant = $1 and a.conversation_id = $2 and a.seq >= $3 and a.state = 'ready'
        and ($4 or m.visibility = 'all')
        and (a.seq, a.position) < ($5, $6)
        and ($7 = '' or $7 = case split_part(a.content_type, '/', 1)
          when 'image' then 'image' when 'video' then 'video' when 'audio' then 'audio'
          else 'document' end)
      order by a.seq desc, a.position desc limit $8
      """;

  private final Tx tx;
  private final Timelines timelines;
  private final Waiter waiter;
  private final Cursors cursors;

  ListFiles(Tx tx, Timelines timelines, Waiter waiter, Cursors cursors) {
    this.tx = tx;
    this.timelines = timelines;
    this.waiter = waiter;
    this.cursors = cursors;
  }

  /** A place between two files: the message, and which of its files. */
  private record Position(long seq, short ordinal) {
    static final Position START = new Position(Long.MAX_VALUE, Short.MAX_VALUE);

    static Position of(String text) {
      int colon = text.indexOf(':');
      return new Position(
          Long.parseLong(text.substring(0, colon)), Short.parseShort(text.substring(colon + 1)));
    }

    static Position of(Row row) {
      return new Position(row.getLong("seq"), row.getShort("position"));
    }

    @Override
    public String toString() {
      return seq + ":" + ordinal;
    }
  }

  Uni<Page<FileView>> page(
      Caller caller, String conversationId, String type, String cursor, Integer asked) {
    int limit = Page.limit(asked);
    if (type != null && !KINDS.contains(type)) {
      throw Problem.invalid("type", "must be image, video, audio or document");
    }
    String kind = type == null ? "" : type;
    String scope = Cursors.scope("files", caller, conversationId, kind);
    Position from = cursor == null ? Position.START : Position.of(cursors.require(scope, cursor));
    UUID conversation = Ids.parse(conversationId);
    return waiter
        .visible(conversation, () -> timelines.access(caller, conversation))
        .flatMap(access -> read(caller, conversation, access, from, kind, limit + 1))
        .map(rows -> page(rows, limit, scope));
  }

  private Uni<RowSet<Row>> read(
      Caller caller, UUID conversation, Access access, Position from, String kind, int limit) {
    return tx.read(
        PAGE,
        Tuple.tuple()
            .addString(caller.tenant())
            .addUUID(conversation)
            .addLong(access.visibleFromSeq())
            .addBoolean(!caller.isClient())
            .addLong(from.seq())
            .addShort(from.ordinal())
            .addString(kind)
            .addInteger(limit));
  }

  private Page<FileView> page(RowSet<Row> rows, int limit, String scope) {
    List<FileView> items = new ArrayList<>();
    String next = null;
    Position last = null;
    for (Row row : rows) {
      if (items.size() == limit) {
        next = cursors.seal(scope, last.toString());
        break;
      }
      items.add(view(row));
      last = Position.of(row);
    }
    return new Page<>(items, next);
  }

  private static FileView view(Row row) {
    return new FileView(
        row.getUUID("id"),
        row.getString("file_name"),
        row.getLong("size"),
        row.getString("content_type"),
        AttachmentState.of(row.getString("state")),
        row.getInteger("width"),
        row.getInteger("height"),
        row.getString("thumbnail") != null,
        row.getUUID("message_id"),
        row.getLong("seq"),
        row.getString("author_id"),
        row.getOffsetDateTime("at").toInstant());
  }
}
