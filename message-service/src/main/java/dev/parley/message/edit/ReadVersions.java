package dev.parley.message.edit;

import dev.parley.chassis.caller.Caller;
import dev.parley.chassis.page.Cursors;
import dev.parley.chassis.page.Page;
import dev.parley.chassis.problem.Code;
import dev.parley.chassis.problem.Problem;
import dev.parley.message.Revisions;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/**
 * Reads what a message has said, oldest first, the present text last; for staff (product.md §4). An
 * edit meanwhile is on a later page.
 */
@ApplicationScoped
class ReadVersions {
  private final Revisions revisions;
  private final Versions versions;
  private final Cursors cursors;

  ReadVersions(Revisions revisions, Versions versions, Cursors cursors) {
    this.revisions = revisions;
    this.versions = versions;
    this.cursors = cursors;
  }

  Uni<Page<Version>> of(Caller caller, String messageId, String cursor, int limit) {
    if (caller.isClient()) {
      throw Problem.of(Code.FORBIDDEN, "Earlier versions are for staff.");
    }
    String scope = Cursors.scope("versions", caller, messageId);
    long after = cursor == null ? 0 : Long.parseLong(cursors.require(scope, cursor));
    return revisions
        .find(caller, messageId)
        .flatMap(
            seen ->
                seen.stored().isDeleted()
                    ? Uni.createFrom().item(List.<Version>of())
                    : versions.of(caller, seen.stored().message(), after, limit + 1))
        .map(found -> page(scope, found, limit));
  }

  private Page<Version> page(String scope, List<Version> found, int limit) {
    if (found.size() <= limit) {
      return new Page<>(found, null);
    }
    List<Version> items = found.subList(0, limit);
    return new Page<>(items, cursors.seal(scope, Long.toString(items.get(limit - 1).version())));
  }
}
