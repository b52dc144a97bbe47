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
  private static final String GONE =
      "delete from attachment where tenant = $1 and id = $2 and state = 'deleted'";

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
        .read(TAKE, Tuple.of(now.atOffset(ZoneOffset.UTC), again.atOffset(ZoneOffset.UTC), limit))
        .map(Attachments::all);
  }

  /** Its bytes are gone, and so is what is known of it. */
  Uni<Void> gone(StoredFile file) {
    return tx.in(file.tenant()).read(GONE, Tuple.of(file.tenant(), file.id())).replaceWithVoid();
  }
}
