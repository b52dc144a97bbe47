package dev.parley.message.attachment;

import dev.parley.chassis.link.FileLinks;
import dev.parley.chassis.problem.Problem;
import dev.parley.message.Attachments;
import dev.parley.message.StoredFile;
import dev.parley.message.provider.ObjectStorage;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.InputStream;
import java.time.Duration;

/** Opens a file for who has a link to it; a deleted file, or one of a deleted message, is gone. */
@ApplicationScoped
class ShareFile {
  private static final Duration DATABASE_AT_MOST = Duration.ofSeconds(10);

  private final FileLinks links;
  private final Attachments attachments;
  private final ObjectStorage storage;

  ShareFile(FileLinks links, Attachments attachments, ObjectStorage storage) {
    this.links = links;
    this.attachments = attachments;
    this.storage = storage;
  }

  /** A file that is being read. */
  record Shared(InputStream bytes, long size, String type, String disposition) {}

  /** Blocks. */
  Shared open(String token) {
    FileLinks.Link link = links.open(token).orElseThrow(Problem::notFound);
    StoredFile file =
        attachments
            .find(link.tenant(), link.attachmentId())
            .await()
            .atMost(DATABASE_AT_MOST)
            .filter(StoredFile::isReady)
            .orElseThrow(Problem::notFound);
    return new Shared(
        storage.open(file.key()), file.size(), Disposition.type(file), Disposition.of(file, true));
  }
}
