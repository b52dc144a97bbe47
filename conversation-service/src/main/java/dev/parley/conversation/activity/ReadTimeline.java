package dev.parley.conversation.activity;

import dev.parley.chassis.caller.Caller;
import dev.parley.chassis.page.Cursors;
import dev.parley.chassis.page.Page;
import dev.parley.chassis.tx.Tx;
import dev.parley.contracts.event.TimelineEntry;
import dev.parley.conversation.CrmCalls;
import dev.parley.conversation.activity.Entries.Placed;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Reads the timelines of a tenant's records, in the order of the entries' last changes: whoever
 * goes on from the newest cursor gets each change, and of several of one entry the last.
 */
@ApplicationScoped
class ReadTimeline {
  private final Tx tx;
  private final CrmCalls crm;
  private final Entries entries;
  private final Cursors cursors;

  ReadTimeline(Tx tx, CrmCalls crm, Entries entries, Cursors cursors) {
    this.tx = tx;
    this.crm = crm;
    this.entries = entries;
    this.cursors = cursors;
  }

  /**
   * A page. {@code next} is there as long as the page is not empty: what changes later stands
   * behind it.
   */
  Uni<Page<TimelineEntry>> page(Caller caller, String cursor, Integer limit) {
    crm.require(caller);
    String scope = String.join("\n", "crm.timeline", caller.tenant(), caller.id());
    long after = cursor == null ? 0 : Long.parseLong(cursors.require(scope, cursor));
    return entries
        .page(tx::read, caller.tenant(), after, Page.limit(limit))
        .map(
            found -> {
              String next =
                  found.isEmpty()
                      ? null
                      : cursors.seal(scope, String.valueOf(found.get(found.size() - 1).position()));
              return new Page<>(found.stream().map(Placed::entry).toList(), next);
            });
  }
}
