package dev.parley.message.attachment;

import dev.parley.chassis.caller.Caller;
import dev.parley.chassis.problem.Problem;
import dev.parley.chassis.tx.Tx;
import dev.parley.contracts.Ids;
import dev.parley.message.Attachments;
import dev.parley.message.Attachments.Findings;
import dev.parley.message.StoredFile;
import dev.parley.message.provider.Workers;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Ends an upload: the bytes in the store are measured and looked at before anybody may send them.
 * It may be repeated; an upload that was not found yet may still come.
 */
@ApplicationScoped
class CompleteUpload {
  private static final Logger LOG = Logger.getLogger(CompleteUpload.class);
  private static final Duration KEEP_REJECTED = Duration.ofDays(1);

  private final Tx tx;
  private final Attachments attachments;
  private final Inspection inspection;
  private final Workers workers;
  private final TendFiles tending;
  private final AttachmentConfig config;
  private final Clock clock;

  CompleteUpload(
      Tx tx,
      Attachments attachments,
      Inspection inspection,
      Workers workers,
      TendFiles tending,
      AttachmentConfig config,
      Clock clock) {
    this.tx = tx;
    this.attachments = attachments;
    this.inspection = inspection;
    this.workers = workers;
    this.tending = tending;
    this.config = config;
    this.clock = clock;
  }

  Uni<StateView> complete(Caller caller, String attachmentId) {
    UUID id = Ids.parse(attachmentId);
    if (id == null) {
      throw Problem.notFound();
    }
    return own(caller, id)
        .flatMap(
            file ->
                "uploading".equals(file.state())
                    ? inspect(caller, file)
                    : Uni.createFrom().item(file))
        .map(StateView::of);
  }

  private Uni<StoredFile> own(Caller caller, UUID id) {
    return attachments
        .find(caller.tenant(), id)
        .map(
            found ->
                found
                    .filter(file -> file.isOf(caller) && !"deleted".equals(file.state()))
                    .orElseThrow(Problem::notFound));
  }

  private Uni<StoredFile> inspect(Caller caller, StoredFile file) {
    return workers
        .run(() -> inspection.of(file))
        .flatMap(
            found ->
                tx.write(work -> attachments.inspected(work, file, found, due(found)))
                    .flatMap(written -> settled(caller, file, written)));
  }

  private Uni<StoredFile> settled(Caller caller, StoredFile file, Optional<StoredFile> written) {
    if (written.isEmpty()) {
      return own(caller, file.id()); // Completed, or deleted, by another request meanwhile.
    }
    StoredFile now = written.get();
    if ("scanning".equals(now.state())) {
      tending.poke();
    }
    return workers
        .run(
            () -> {
              if ("rejected".equals(now.state())) {
                inspection.remove(now);
              } else {
                inspection.removeUpload(now);
              }
              return now;
            })
        .onFailure()
        .recoverWithItem(
            failure -> {
              LOG.warnf("left for the sweep: %s", failure.getClass().getName());
              return now;
            });
  }

  private Instant due(Findings found) {
    Instant now = clock.instant();
    return switch (found.state()) {
      case "scanning" -> now;
      case "rejected" -> now.plus(KEEP_REJECTED);
      default -> now.plus(config.unsentTtl());
    };
  }
}
