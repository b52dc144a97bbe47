package dev.parley.message;

import dev.parley.chassis.caller.Caller;
import dev.parley.chassis.problem.Problem;
import dev.parley.chassis.tx.Tx;
import dev.parley.chassis.tx.Work;
import dev.parley.contracts.Json;
import dev.parley.contracts.event.Attachment;
import dev.parley.contracts.event.Message;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * The files that people upload and send. A file hangs on one message at most: the row's lock
 * decides between two sends. Who locks both locks files first, then the conversation's head.
 */
@ApplicationScoped
public class Attachments {
  /** SQL of a file: {@link StoredFile#isToBeSent}. */
  public static final String TO_BE_SENT =
      "%1$s.message_id is null and %1$s.state not in ('rejected', 'deleted')";

  private static final String START =
      """
      insert into attachment (tenant, id, uploader_kind, uploader_id, file_name, size, content_type,
                              sha256, state, created_at, due_at)
      values ($1, $2, $3, $4, $5, $6, $7, $8, 'uploading', $9, $10)
      """;
  private static final String FIND = "select * from attachment where tenant = $1 and id = $2";
  private static final String INSPECTED =
      """
      update attachment set state = $3, reason = $4, content_type = $5, width = $6, height = $7,
        thumbnail = $8, due_at = $9
      where tenant = $1 and id = $2 and state in ('uploading', 'scanning')
      returning *
      """;
  private static final String DELETE =
      """
      update attachment set state = 'deleted', due_at = $5
      where tenant = $1 and id = $2 and uploader_kind = $3 and uploader_id = $4
        and message_id is null and state <> 'deleted'
      """;
  private static final String OF = "select * from attachment where tenant = $1 and id = any($2)";
  private static final String LOCK = OF + " order by id for update";
  private static final String ATTACH =
      """
      update attachment a set conversation_id = $2, message_id = $3, seq = $4, due_at = null,
        position = array_position($5::uuid[], a.id)
      where a.tenant = $1 and a.id = any($5)
      """;
  private static final String SHOW =
      "update message set attachments = $3 where tenant = $1 and id = $2";
  private static final String KEEP =
      """
      update attachment set due_at = greatest(due_at, $5)
      where tenant = $1 and id = any($2) and uploader_kind = $3 and uploader_id = $4
        and message_id is null and state = 'ready'
      returning id
      """;
  private static final String FORGET =
      """
      update attachment set state = 'deleted', due_at = $3
      where tenant = $1 and message_id = $2 and state <> 'deleted'
      """;

  private static final String SHOW_PICTURES =
      """
      update attachment
      set state = 'ready', conversation_id = $2, message_id = $3, due_at = null
      where tenant = $1 and id = any($4) and state = 'uploading'
      """;

  private final Tx tx;

  Attachments(Tx tx) {
    this.tx = tx;
  }

  /** What the bytes were found to be. */
  public record Findings(
      String state,
      String reason,
      String contentType,
      Integer width,
      Integer height,
      String thumbnail) {}

  /** An upload begins; what is not complete by {@code until} is swept. */
  public Uni<Void> start(Work work, StoredFile file, Instant now, Instant until) {
    return work.sql()
        .preparedQuery(START)
        .execute(
            Tuple.tuple()
                .addString(file.tenant())
                .addUUID(file.id())
                .addString(file.uploaderKind())
                .addString(file.uploaderId())
                .addString(file.fileName())
                .addLong(file.size())
                .addString(file.contentType())
                .addString(file.sha256())
                .addOffsetDateTime(now.atOffset(ZoneOffset.UTC))
                .addOffsetDateTime(until.atOffset(ZoneOffset.UTC)))
        .replaceWithVoid();
  }

  /** The file of that id in that tenant, whoever may have it. */
  public Uni<Optional<StoredFile>> find(String tenant, UUID id) {
    return tx.in(tenant).read(FIND, Tuple.of(tenant, id)).map(Attachments::first);
  }

  /**
   * Writes down what was found, and when the next thing is due; empty when somebody else has done
   * so, or it was deleted.
   */
  public Uni<Optional<StoredFile>> inspected(
      Work work, StoredFile file, Findings found, Instant due) {
    return work.sql()
        .preparedQuery(INSPECTED)
        .execute(
            Tuple.tuple()
                .addString(file.tenant())
                .addUUID(file.id())
                .addString(found.state())
                .addString(found.reason())
                .addString(found.contentType())
                .addInteger(found.width())
                .addInteger(found.height())
                .addString(found.thumbnail())
                .addOffsetDateTime(due.atOffset(ZoneOffset.UTC)))
        .map(Attachments::first);
  }

  /** Takes back an own file that was not sent; whether there was one. */
  public Uni<Boolean> delete(Caller caller, UUID id, Instant now) {
    return tx.change(
            DELETE,
            Tuple.of(caller.tenant(), id, caller.kind(), caller.id(), now.atOffset(ZoneOffset.UTC)))
        .map(rows -> rows.rowCount() == 1);
  }

  /**
   * Refuses what names a file twice.
   *
   * @throws Problem 400 naming {@code attachments}
   */
  public static void requireOnce(List<UUID> ids) {
    if (new HashSet<>(ids).size() < ids.size()) {
      throw Problem.invalid("attachments", "must not name a file twice");
    }
  }

  /** Those of the files that there are, locked until the work's end. */
  public Uni<Map<UUID, StoredFile>> lock(Work work, String tenant, List<UUID> ids) {
    return found(work, LOCK, tenant, ids);
  }

  private static Uni<Map<UUID, StoredFile>> found(
      Work work, String query, String tenant, List<UUID> ids) {
    return work.sql()
        .preparedQuery(query)
        .execute(Tuple.of(tenant, ids.toArray(UUID[]::new)))
        .map(
            rows -> {
              Map<UUID, StoredFile> found = new HashMap<>();
              rows.forEach(row -> found.put(row.getUUID("id"), StoredFile.of(row)));
              return found;
            });
  }

  /** Those of the files that there are, as they are now. */
  public Uni<Map<UUID, StoredFile>> of(Work work, String tenant, List<UUID> ids) {
    return found(work, OF, tenant, ids);
  }

  /** Hangs locked files on a message that was just placed. */
  public Uni<Void> attach(Work work, String tenant, Message message, long seq) {
    UUID[] ids = message.attachments().stream().map(Attachment::id).toArray(UUID[]::new);
    return work.sql()
        .preparedQuery(ATTACH)
        .execute(Tuple.of(tenant, message.conversationId(), message.id(), seq, ids))
        .chain(
            () ->
                work.sql()
                    .preparedQuery(SHOW)
                    .execute(Tuple.of(tenant, message.id(), Json.text(message.attachments()))))
        .replaceWithVoid();
  }

  /** Keeps own files that were not sent until then; those of them that there are. */
  public Uni<Set<UUID>> keep(Work work, Caller caller, List<UUID> ids, Instant until) {
    return work.sql()
        .preparedQuery(KEEP)
        .execute(
            Tuple.of(
                caller.tenant(),
                ids.toArray(UUID[]::new),
                caller.kind(),
                caller.id(),
                until.atOffset(ZoneOffset.UTC)))
        .map(
            rows -> {
              Set<UUID> kept = new HashSet<>();
              rows.forEach(row -> kept.add(row.getUUID("id")));
              return kept;
            });
  }

  /**
   * The pictures of what a message's links lead to are the message's from now on, and end with it;
   * they have no place among its files and are not listed.
   */
  public Uni<Void> showPictures(
      Work work, String tenant, UUID conversation, UUID message, List<UUID> ids) {
    return ids.isEmpty()
        ? Uni.createFrom().voidItem()
        : work.sql()
            .preparedQuery(SHOW_PICTURES)
            .execute(Tuple.of(tenant, conversation, message, ids.toArray(UUID[]::new)))
            .replaceWithVoid();
  }

  /** The message is deleted: from now on nobody gets its files, and their bytes are removed. */
  public Uni<Void> forget(Work work, String tenant, UUID message, Instant now) {
    return work.sql()
        .preparedQuery(FORGET)
        .execute(Tuple.of(tenant, message, now.atOffset(ZoneOffset.UTC)))
        .chain(() -> work.sql().preparedQuery(SHOW).execute(Tuple.of(tenant, message, null)))
        .replaceWithVoid();
  }

  private static Optional<StoredFile> first(RowSet<Row> rows) {
    return rows.size() == 0 ? Optional.empty() : Optional.of(StoredFile.of(rows.iterator().next()));
  }

  /** All rows of a statement. */
  public static List<StoredFile> all(RowSet<Row> rows) {
    List<StoredFile> files = new ArrayList<>(rows.size());
    rows.forEach(row -> files.add(StoredFile.of(row)));
    return files;
  }
}
