package dev.parley.message.attachment;

import dev.parley.chassis.await.OwnContext;
import dev.parley.chassis.caller.Caller;
import dev.parley.chassis.problem.Problem;
import dev.parley.chassis.tx.Tx;
import dev.parley.chassis.tx.Work;
import dev.parley.contracts.Ids;
import dev.parley.message.Attachments;
import dev.parley.message.Attachments.Findings;
import dev.parley.message.StoredFile;
import dev.parley.message.attachment.UploadClaims.Claim;
import dev.parley.message.provider.Workers;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * Ends an upload: the bytes in the store are measured and looked at before anybody may send them.
 * It may be repeated, also while it is under way: all get the same answer. An upload that was not
 * found yet may still come.
 */
@ApplicationScoped
class CompleteUpload {
  private static final Logger LOG = Logger.getLogger(CompleteUpload.class);
  private static final Duration KEEP_REJECTED = Duration.ofDays(1);

  /**
   * So long somebody waits for what another request of theirs is looking at: longer than the claim
   * of a node that has died.
   */
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private static final Duration AGAIN = Duration.ofMillis(100);
  private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

  private final Tx tx;
  private final Attachments attachments;
  private final UploadClaims claims;
  private final Inspection inspection;
  private final Workers workers;
  private final TendFiles tending;
  private final AttachmentConfig config;
  private final Clock clock;

  CompleteUpload(
      Tx tx,
      Attachments attachments,
      UploadClaims claims,
      Inspection inspection,
      Workers workers,
      TendFiles tending,
      AttachmentConfig config,
      Clock clock) {
    this.tx = tx;
    this.attachments = attachments;
    this.claims = claims;
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
    return ended(caller, id, clock.instant().plus(PATIENCE)).map(StateView::of);
  }

  /** As it is once this request, or the one that was first, has looked at it. */
  private Uni<StoredFile> ended(Caller caller, UUID id, Instant giveUp) {
    return own(caller, id)
        .flatMap(
            file ->
                "uploading".equals(file.state())
                    ? claimed(caller, file, giveUp)
                    : Uni.createFrom().item(file));
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

  private Uni<StoredFile> claimed(Caller caller, StoredFile file, Instant giveUp) {
    return claims
        .take(file)
        .flatMap(
            taken -> {
              if (taken.isPresent()) {
                return toTheEnd(inspect(taken.get()))
                    .flatMap(
                        written ->
                            written
                                .map(Uni.createFrom()::item)
                                .orElseGet(() -> ended(caller, file.id(), giveUp)));
              }
              if (clock.instant().isAfter(giveUp)) {
                throw Problem.unavailable(RETRY_AFTER);
              }
              return Uni.createFrom()
                  .voidItem()
                  .onItem()
                  .delayIt()
                  .by(AGAIN)
                  .emitOn(OwnContext.executor())
                  .chain(() -> ended(caller, file.id(), giveUp));
            });
  }

  /** What has begun is ended though whoever asked for it has gone: they ask again. */
  private static <T> Uni<T> toTheEnd(Uni<T> work) {
    return Uni.createFrom().emitter(to -> work.subscribe().with(to::complete, to::fail));
  }

  /** Looks at the bytes and writes down what they are; empty when that is not wanted any more. */
  private Uni<Optional<StoredFile>> inspect(Claim claim) {
    StoredFile file = claim.file();
    return workers
        .run(() -> inspection.of(file))
        .flatMap(found -> tx.in(file.tenant()).write(work -> written(work, claim, found)))
        .eventually(() -> claims.release(claim).onFailure().recoverWithNull())
        .flatMap(
            written ->
                written.isPresent()
                    ? settled(written.get()).map(Optional::of)
                    : clean(file).replaceWith(written))
        .onFailure()
        .recoverWithUni(failure -> failed(file, failure));
  }

  /** For what was taken back meanwhile it is no failure that bytes are missing. */
  private Uni<Optional<StoredFile>> failed(StoredFile file, Throwable failure) {
    return clean(file)
        .onFailure()
        .recoverWithItem(false)
        .map(
            cleaned -> {
              if (!cleaned) {
                throw failure instanceof RuntimeException same
                    ? same
                    : new IllegalStateException(failure);
              }
              return Optional.empty();
            });
  }

  private Uni<Optional<StoredFile>> written(Work work, Claim claim, Findings found) {
    return claims
        .isHeld(work, claim)
        .flatMap(
            held ->
                held
                    ? attachments.inspected(work, claim.file(), found, due(found))
                    : Uni.createFrom().item(Optional.empty()));
  }

  /**
   * Taken back meanwhile, the bytes may have been copied after the sweep has removed them: removes
   * them again. Whether it was taken back.
   */
  private Uni<Boolean> clean(StoredFile file) {
    return attachments
        .find(file.tenant(), file.id())
        .flatMap(
            found -> {
              boolean wanted =
                  found
                      .filter(now -> !"deleted".equals(now.state()) || now.messageId() != null)
                      .isPresent();
              return wanted
                  ? Uni.createFrom().item(false)
                  : removed(file, inspection::remove).replaceWith(true);
            });
  }

  private Uni<StoredFile> settled(StoredFile now) {
    if ("scanning".equals(now.state())) {
      tending.poke();
    }
    boolean rejected = "rejected".equals(now.state());
    return removed(now, rejected ? inspection::remove : inspection::removeUpload).replaceWith(now);
  }

  private Uni<Void> removed(StoredFile file, Consumer<StoredFile> removal) {
    return workers
        .run(
            () -> {
              removal.accept(file);
              return file;
            })
        .onFailure()
        .recoverWithItem(
            failure -> {
              LOG.warnf("bytes not removed yet: %s", failure.getClass().getName());
              return file;
            })
        .replaceWithVoid();
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
