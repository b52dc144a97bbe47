package dev.parley.message;

import dev.parley.chassis.caller.Caller;
import dev.parley.chassis.tx.Work;
import dev.parley.contracts.Ids;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * Files that go out with many messages: each message has its own, with an id and an end of its own,
 * and all have the same bytes, which stay until the last of them is gone.
 */
@ApplicationScoped
public class SharedFiles {
  private static final String TAKE =
      """
      update attachment set message_id = $5, due_at = null
      where tenant = $1 and id = any($2) and uploader_kind = $3 and uploader_id = $4
        and message_id is null and state = 'ready'
      returning id
      """;
  private static final String COPY =
      """
      insert into attachment (tenant, id, uploader_kind, uploader_id, file_name, size, content_type,
        sha256, state, width, height, thumbnail, created_at, content_id)
      select a.tenant, n.copy, a.uploader_kind, a.uploader_id, a.file_name, a.size, a.content_type,
        a.sha256, a.state, a.width, a.height, a.thumbnail, $4, coalesce(a.content_id, a.id)
      from unnest($2::uuid[], $3::uuid[]) n(original, copy)
      join attachment a on a.tenant = $1 and a.id = n.original and a.state = 'ready'
      """;
  private static final String RELEASE =
      """
      update attachment set state = 'deleted', due_at = $3
      where tenant = $1 and message_id = any($2) and conversation_id is null
      """;

  SharedFiles() {}

  /**
   * Takes own uploaded files for what is sent to many: nothing else is sent with them, and they
   * stay until they are released. Those of them that could be taken.
   */
  public Uni<Set<UUID>> take(Work work, Caller caller, List<UUID> ids, UUID owner) {
    return work.sql()
        .preparedQuery(TAKE)
        .execute(
            Tuple.of(caller.tenant(), ids.toArray(UUID[]::new), caller.kind(), caller.id(), owner))
        .map(
            rows -> {
              Set<UUID> taken = new HashSet<>();
              for (Row row : rows) {
                taken.add(row.getUUID("id"));
              }
              return taken;
            });
  }

  /** One more of each, not sent yet, in the same order; what is gone is not among what there is. */
  public Uni<List<UUID>> copy(Work work, String tenant, List<UUID> originals, Instant now) {
    List<UUID> copies = originals.stream().map(original -> Ids.next()).toList();
    return originals.isEmpty()
        ? Uni.createFrom().item(copies)
        : work.sql()
            .preparedQuery(COPY)
            .execute(
                Tuple.of(
                    tenant,
                    originals.toArray(UUID[]::new),
                    copies.toArray(UUID[]::new),
                    now.atOffset(ZoneOffset.UTC)))
            .replaceWith(copies);
  }

  /** What was sent to many is forgotten: the originals go, and bytes that no message has. */
  public Uni<Void> release(Work work, String tenant, List<UUID> owners, Instant now) {
    return work.sql()
        .preparedQuery(RELEASE)
        .execute(Tuple.of(tenant, owners.toArray(UUID[]::new), now.atOffset(ZoneOffset.UTC)))
        .replaceWithVoid();
  }
}
