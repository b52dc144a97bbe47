package dev.parley.message.attachment;

import dev.parley.chassis.tx.Tx;
import dev.parley.message.Attachments;
import dev.parley.message.StoredFile;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

/** Table {@code attachment}, by when something is to be done. */
@ApplicationScoped
class DueFiles {
  private static final String TAKE =
      """
      update attachment a
      set due_at = $2, state = case a.state when 'scanning' then a.state else 'deleted' end
      from (select tenant, id from attachment where due_at <= $1
            order by due_at limit $3 for update skip locked) d
      where a.tenant = d.tenant and a.id = d.id
      returning a.*
      """;
  // With the last of those that share them the bytes are due, where the original has gone before.
  private static final String GONE =
      """
      with gone as (
        delete from attachment where tenant = $1 and id = $2 and state = 'deleted'
        returning content_id)
      update attachment o set due_at = $3
      from gone where o.tenant = $1 and o.id = gone.content_id and o.state = 'deleted'
      """;
  private static final String LOCK =
      "select from attachment where tenant = $1 and id = $2 for update";
  private static final String WAIT =
      """
      update attachment o set due_at = null
      where o.tenant = $1 and o.id = $2 and exists (
        select from attachment c where c.tenant = o.tenant and c.content_id = o.id)
      """;

  private final Tx tx;

  DueFiles(Tx tx) {
    this.tx = tx;
  }

  /**
   * Takes files that are due, of all tenants; they are due again at {@code again}. What is neither
   * sent nor being scanned is deleted from now on.
   */
  Uni<List<StoredFile>> take(Instant now, Instant again, int limit) {
    return tx.ofAllTenants()
        .change(TAKE, Tuple.of(now.atOffset(ZoneOffset.UTC), again.atOffset(ZoneOffset.UTC), limit))
        .map(Attachments::all);
  }

  /** Its bytes are gone, or were another file's, and so is what is known of it. */
  Uni<Void> gone(StoredFile file, Instant now) {
    return tx.in(file.tenant())
        .change(GONE, Tuple.of(file.tenant(), file.id(), now.atOffset(ZoneOffset.UTC)))
        .replaceWithVoid();
  }

  /** Whether others have its bytes still: then it is due again with the last of them. */
  Uni<Boolean> isShared(StoredFile file) {
    Tuple key = Tuple.of(file.tenant(), file.id());
    // Two statements: the second sees what was committed while the first waited.
    return tx.in(file.tenant())
        .write(
            work ->
                work.sql()
                    .preparedQuery(LOCK)
                    .execute(key)
                    .chain(() -> work.sql().preparedQuery(WAIT).execute(key))
                    .map(waiting -> waiting.rowCount() == 1));
  }
}
