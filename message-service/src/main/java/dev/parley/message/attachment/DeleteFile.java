package dev.parley.message.attachment;

import dev.parley.chassis.caller.Caller;
import dev.parley.chassis.problem.Problem;
import dev.parley.contracts.Ids;
import dev.parley.message.Attachments;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.UUID;

/** Takes back an own file that was not sent; what was sent goes with its message. */
@ApplicationScoped
class DeleteFile {
  private final Attachments attachments;
  private final TendFiles tending;
  private final Clock clock;

  DeleteFile(Attachments attachments, TendFiles tending, Clock clock) {
    this.attachments = attachments;
    this.tending = tending;
    this.clock = clock;
  }

  Uni<Void> delete(Caller caller, String attachmentId) {
    UUID id = Ids.parse(attachmentId);
    if (id == null) {
      throw Problem.notFound();
    }
    return attachments
        .delete(caller, id, clock.instant())
        .invoke(
            deleted -> {
              if (!deleted) {
                throw Problem.notFound();
              }
              tending.poke();
            })
        .replaceWithVoid();
  }
}
