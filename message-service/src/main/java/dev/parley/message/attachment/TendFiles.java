package dev.parley.message.attachment;

import dev.parley.chassis.tx.Tx;
import dev.parley.chassis.tx.Work;
import dev.parley.contracts.Actor;
import dev.parley.contracts.Envelope;
import dev.parley.contracts.EventType;
import dev.parley.contracts.Ids;
import dev.parley.contracts.Recipient;
import dev.parley.message.Attachments;
import dev.parley.message.Attachments.Findings;
import dev.parley.message.DueLoop;
import dev.parley.message.PersonalLog;
import dev.parley.message.StoredFile;
import dev.parley.message.provider.ObjectStorage;
import dev.parley.message.provider.Scanner;
import dev.parley.message.provider.Workers;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/**
 * Does what is due for files: scans them, removes what was deleted, never finished or never sent.
 *
 * <p>Any node may do it. What one has taken is due again a few minutes later, so a node that dies,
 * a store or a scanner that is away leave nothing undone; all of it may be done twice. What the
 * scanner does not take for its size, or has not judged for a day, is rejected: it would wait, and
 * be read again and again, for ever.
 */
@ApplicationScoped
class TendFiles {
  private static final Logger LOG = Logger.getLogger(TendFiles.class);
  private static final Duration LEASE = Duration.ofMinutes(3);

  /** After so long a file that no scanner has judged is not waited for any more. */
  private static final Duration GIVE_UP = Duration.ofDays(1);

  private static final String CLEAN = "";
  private static final Duration KEEP_REJECTED = Duration.ofDays(1);

  /** So few that one that is slow to scan is through before the others are due again. */
  private static final int AT_ONCE = 4;

  /** Fewer than there are workers, so that uploads need not wait for scans. */
  private static final int ABREAST = 2;

  private final Vertx vertx;
  private final Tx tx;
  private final Attachments attachments;
  private final DueFiles due;
  private final Inspection inspection;
  private final ObjectStorage storage;
  private final Scanner scanner;
  private final Workers workers;
  private final AttachmentConfig config;
  private final Clock clock;
  private final AtomicBoolean busy = new AtomicBoolean();
  private volatile boolean stopped;

  TendFiles(
      Vertx vertx,
      Tx tx,
      Attachments attachments,
      DueFiles due,
      Inspection inspection,
      ObjectStorage storage,
      Scanner scanner,
      Workers workers,
      AttachmentConfig config,
      Clock clock) {
    this.vertx = vertx;
    this.tx = tx;
    this.attachments = attachments;
    this.due = due;
    this.inspection = inspection;
    this.storage = storage;
    this.scanner = scanner;
    this.workers = workers;
    this.config = config;
    this.clock = clock;
  }

  void start(@Observes StartupEvent event) {
    vertx.setPeriodic(config.sweep().toMillis(), timer -> run());
  }

  void stop(@Observes ShutdownEvent event) {
    stopped = true;
  }

  /** Something is due now. */
  void poke() {
    vertx.getOrCreateContext().runOnContext(go -> run());
  }

  private void run() {
    if (stopped || !busy.compareAndSet(false, true)) {
      return;
    }
    turn()
        .subscribe()
        .with(
            more -> {
              busy.set(false);
              if (more) {
                run();
              }
            },
            failure -> {
              busy.set(false);
              LOG.warnf("files put off: %s", failure.getClass().getName());
            });
  }

  /** Takes what is due and does it; whether there may be more. */
  Uni<Boolean> turn() {
    Instant now = clock.instant();
    return due.take(now, now.plus(LEASE), AT_ONCE)
        .flatMap(files -> all(files).replaceWith(files.size() == AT_ONCE));
  }

  private Uni<Void> all(List<StoredFile> files) {
    return DueLoop.each(
        files,
        ABREAST,
        file ->
            tend(file)
                .onFailure()
                .recoverWithUni(
                    failure -> {
                      LOG.warnf("%s put off: %s", file, failure.getClass().getName());
                      return Uni.createFrom().voidItem();
                    }));
  }

  private Uni<Void> tend(StoredFile file) {
    if ("scanning".equals(file.state())) {
      return workers
          .run(() -> scan(file))
          .onFailure(failure -> isForGood(file, failure))
          .recoverWithItem("not_scanned")
          .flatMap(reason -> scanned(file, reason));
    }
    if (file.contentId() != null) {
      return due.gone(file, clock.instant());
    }
    return due.isShared(file)
        .flatMap(shared -> shared ? Uni.createFrom().voidItem() : remove(file));
  }

  private Uni<Void> remove(StoredFile file) {
    return workers
        .run(
            () -> {
              inspection.remove(file);
              return file;
            })
        .chain(() -> due.gone(file, clock.instant()));
  }

  /** Why it is rejected; empty for a clean file. */
  private String scan(StoredFile file) throws Exception {
    try (InputStream in = storage.open(file.key())) {
      return scanner.scan(in).isEmpty() ? CLEAN : "malware";
    }
  }

  private boolean isForGood(StoredFile file, Throwable failure) {
    return failure instanceof Scanner.TooLargeToScan
        || Ids.timeOf(file.id()).plus(GIVE_UP).isBefore(clock.instant());
  }

  private Uni<Void> scanned(StoredFile file, String reason) {
    boolean clean = reason.equals(CLEAN);
    Findings findings =
        new Findings(
            clean ? "ready" : "rejected",
            clean ? null : reason,
            file.contentType(),
            file.width(),
            file.height(),
            file.thumbnail());
    Instant next = clock.instant().plus(clean ? config.unsentTtl() : KEEP_REJECTED);
    return tx.in(file.tenant())
        .write(
            work ->
                attachments
                    .inspected(work, file, findings, next)
                    .invoke(now -> now.ifPresent(ended -> tell(work, ended))))
        .replaceWithVoid();
  }

  private void tell(Work work, StoredFile file) {
    PersonalLog.emit(
        work,
        Envelope.of(
            EventType.ATTACHMENT_UPDATED,
            file.tenant(),
            null,
            Actor.SYSTEM,
            clock.instant(),
            file.view()),
        List.of(new Recipient(file.uploaderKind(), file.uploaderId())));
  }
}
