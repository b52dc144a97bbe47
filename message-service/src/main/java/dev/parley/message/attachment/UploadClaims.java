package dev.parley.message.attachment;

import dev.parley.chassis.tx.Tx;
import dev.parley.chassis.tx.Work;
import dev.parley.message.StoredFile;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneOffset;

/**
 * Who looks at an upload: one request at a time, on whichever node. Its bytes are copied to where
 * they are downloaded from by nobody else, so what was checked is not written over. A claim ends by
 * itself where a node has died with it.
 */
@ApplicationScoped
class UploadClaims {
  private static final String TAKE =
      """
      update attachment set claimed_until = $4
      where tenant = $1 and id = $2 and state = 'uploading'
        and (claimed_until is null or claimed_until <= $3)
      """;
  private static final String HOLD =
      """
      select id from attachment
      where tenant = $1 and id = $2 and state = 'uploading' and claimed_until = $3
      for update
      """;
  private static final String RELEASE =
      """
      update attachment set claimed_until = null
      where tenant = $1 and id = $2 and claimed_until = $3
      """;

  private final Tx tx;

  UploadClaims(Tx tx) {
    this.tx = tx;
  }

  /** Whether it is free, and from now on taken until then. */
  Uni<Boolean> take(StoredFile file, Instant now, Instant until) {
    return tx.in(file.tenant())
        .read(
            TAKE,
            Tuple.of(
                file.tenant(),
                file.id(),
                now.atOffset(ZoneOffset.UTC),
                until.atOffset(ZoneOffset.UTC)))
        .map(rows -> rows.rowCount() == 1);
  }

  /** Whether that claim holds still; then it does until the work's end. */
  Uni<Boolean> isHeld(Work work, StoredFile file, Instant until) {
    return work.sql()
        .preparedQuery(HOLD)
        .execute(Tuple.of(file.tenant(), file.id(), until.atOffset(ZoneOffset.UTC)))
        .map(rows -> rows.size() == 1);
  }

  /** Nothing has come of it: the next may try. */
  Uni<Void> release(StoredFile file, Instant until) {
    return tx.in(file.tenant())
        .read(RELEASE, Tuple.of(file.tenant(), file.id(), until.atOffset(ZoneOffset.UTC)))
        .replaceWithVoid();
  }
}
