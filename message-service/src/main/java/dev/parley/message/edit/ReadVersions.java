package dev.parley.message.edit;

import dev.parley.chassis.caller.Caller;
import dev.parley.chassis.problem.Code;
import dev.parley.chassis.problem.Problem;
import dev.parley.message.Revisions;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Reads what a message has said; for staff (product.md §4). */
@ApplicationScoped
class ReadVersions {
  private final Revisions revisions;
  private final Versions versions;

  ReadVersions(Revisions revisions, Versions versions) {
    this.revisions = revisions;
    this.versions = versions;
  }

  Uni<VersionList> of(Caller caller, String messageId) {
    if (caller.isClient()) {
      throw Problem.of(Code.FORBIDDEN, "Earlier versions are for staff.");
    }
    return revisions
        .find(caller, messageId)
        .flatMap(
            seen ->
                seen.stored().isDeleted()
                    ? Uni.createFrom().item(new VersionList(List.of()))
                    : versions.of(caller, seen.stored().message()));
  }
}
