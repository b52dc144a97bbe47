package dev.parley.conversation.records;

import dev.parley.chassis.caller.Caller;
import dev.parley.chassis.page.Cursors;
import dev.parley.chassis.page.Page;
import dev.parley.chassis.tx.Tx;
import dev.parley.conversation.CrmCalls;
import dev.parley.conversation.copy.RecordVersion;
import dev.parley.conversation.copy.Records;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/**
 * Tells the CRM what has arrived of its records. What was accepted a moment ago may not be there
 * yet; what changes while it pages is in one of the pages, as it was then.
 */
@ApplicationScoped
class ListVersions {
  private final Tx tx;
  private final CrmCalls crm;
  private final Records records;
  private final Cursors cursors;

  ListVersions(Tx tx, CrmCalls crm, Records records, Cursors cursors) {
    this.tx = tx;
    this.crm = crm;
    this.records = records;
    this.cursors = cursors;
  }

  /**
   * A page by type and id.
   *
   * @param type or null for all
   */
  Uni<Page<RecordVersion>> page(Caller caller, String type, String cursor, Integer asked) {
    crm.require(caller);
    int limit = Page.limit(asked);
    String scope =
        String.join("\n", "crm.records", caller.tenant(), caller.id(), String.valueOf(type));
    String[] after =
        cursor == null ? new String[] {"", ""} : cursors.require(scope, cursor).split("\n", 2);
    return records
        .versions(tx::read, caller.tenant(), type, after[0], after[1], limit + 1)
        .map(
            found -> {
              boolean more = found.size() > limit;
              List<RecordVersion> shown = more ? found.subList(0, limit) : found;
              RecordVersion last = more ? shown.get(limit - 1) : null;
              String next = more ? cursors.seal(scope, last.type() + "\n" + last.id()) : null;
              return new Page<>(shown, next);
            });
  }
}
