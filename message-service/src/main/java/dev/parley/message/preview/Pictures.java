package dev.parley.message.preview;

import dev.parley.chassis.tx.Tx;
import dev.parley.contracts.Ids;
import dev.parley.message.Attachments;
import dev.parley.message.StoredFile;
import dev.parley.message.preview.PreviewJobs.Wanted;
import dev.parley.message.provider.Images;
import dev.parley.message.provider.ObjectStorage;
import dev.parley.message.provider.Workers;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Pictures of pages: got as pages are, made small, and kept as files of ours, so that nobody who
 * reads a message asks a stranger's server. What came is written anew: whatever is no picture, or
 * more than one, ends here.
 *
 * <p>A file that no message comes to show, since the message has changed meanwhile or a node has
 * died, is removed with the uploads that were never finished.
 */
@ApplicationScoped
class Pictures {
  private static final Logger LOG = Logger.getLogger(Pictures.class);
  private static final Duration UNSHOWN = Duration.ofHours(1);
  private static final long MOST_PIXELS = 40_000_000;
  private static final String NOBODY = "system";

  private final Tx tx;
  private final PageFetcher pages;
  private final Attachments attachments;
  private final ObjectStorage storage;
  private final Workers workers;
  private final Clock clock;

  Pictures(
      Tx tx,
      PageFetcher pages,
      Attachments attachments,
      ObjectStorage storage,
      Workers workers,
      Clock clock) {
    this.tx = tx;
    this.pages = pages;
    this.attachments = attachments;
    this.storage = storage;
    this.workers = workers;
    this.clock = clock;
  }

  /** The page's picture made small; null when there is none. */
  Uni<Images.Small> get(Page page, String address) {
    return pages
        .picture(page, address)
        .flatMap(came -> workers.run(() -> Images.small(came.bytes(), MOST_PIXELS)))
        .onFailure()
        .recoverWithItem(
            failure -> {
              LOG.debugf("a page without its picture: %s", failure.getClass().getName());
              return null;
            });
  }

  /** A file of its own with the picture, which no message has yet; null when it cannot be kept. */
  Uni<UUID> keep(Wanted message, Images.Small small) {
    return keep(message.tenant(), small)
        .onFailure()
        .recoverWithItem(
            failure -> {
              LOG.debugf("a picture that is not kept: %s", failure.getClass().getName());
              return null;
            });
  }

  private Uni<UUID> keep(String tenant, Images.Small small) {
    StoredFile file = file(tenant, small);
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    return tx.in(tenant)
        .write(work -> attachments.start(work, file, now, now.plus(UNSHOWN)))
        .chain(
            () ->
                workers.run(
                    () -> {
                      storage.put(file.key(), small.bytes(), small.type());
                      return file.id();
                    }));
  }

  private static StoredFile file(String tenant, Images.Small small) {
    return new StoredFile(
        tenant,
        Ids.next(),
        NOBODY,
        NOBODY,
        "preview." + small.type().replaceFirst(".*/", ""),
        small.bytes().length,
        small.type(),
        sha256(small.bytes()),
        "uploading",
        null,
        null,
        null,
        null,
        null,
        null,
        null);
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
