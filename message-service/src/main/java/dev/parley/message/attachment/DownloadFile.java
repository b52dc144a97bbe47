package dev.parley.message.attachment;

import dev.parley.chassis.await.Waiter;
import dev.parley.chassis.caller.Caller;
import dev.parley.chassis.problem.Code;
import dev.parley.chassis.problem.Problem;
import dev.parley.contracts.Ids;
import dev.parley.message.Attachments;
import dev.parley.message.ForReader;
import dev.parley.message.Messages;
import dev.parley.message.StoredFile;
import dev.parley.message.Timelines;
import dev.parley.message.provider.ObjectStorage;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;

/**
 * Gives an address for a file's bytes to who may see its message now, or uploaded it and has not
 * sent it, or to many. The address itself knows no rights: it is valid for five minutes at most
 * (product.md §4).
 */
@ApplicationScoped
class DownloadFile {
  private static final Duration AT_MOST = Duration.ofMinutes(5);

  private final Attachments attachments;
  private final Messages messages;
  private final Timelines timelines;
  private final ObjectStorage storage;
  private final Waiter waiter;
  private final AttachmentConfig config;
  private final Clock clock;

  DownloadFile(
      Attachments attachments,
      Messages messages,
      Timelines timelines,
      ObjectStorage storage,
      Waiter waiter,
      AttachmentConfig config,
      Clock clock) {
    this.attachments = attachments;
    this.messages = messages;
    this.timelines = timelines;
    this.storage = storage;
    this.waiter = waiter;
    this.config = config;
    this.clock = clock;
  }

  Uni<DownloadView> address(Caller caller, String attachmentId, boolean thumbnail) {
    UUID id = Ids.parse(attachmentId);
    return waiter
        .visible(id, () -> seen(caller, id))
        .map(
            file -> {
              if (!file.isReady()) {
                throw Problem.of(Code.ATTACHMENT_NOT_USABLE, "The file is not ready.");
              }
              if (thumbnail && file.thumbnail() == null) {
                throw Problem.notFound();
              }
              return address(file, thumbnail);
            });
  }

  private Uni<Optional<StoredFile>> seen(Caller caller, UUID id) {
    return attachments
        .find(caller.tenant(), id)
        .flatMap(
            found -> {
              if (found.isEmpty() || "deleted".equals(found.get().state())) {
                return Uni.createFrom().item(Optional.empty());
              }
              StoredFile file = found.get();
              return file.isSent()
                  ? isVisible(caller, file).map(visible -> visible ? found : Optional.empty())
                  : Uni.createFrom().item(found.filter(own -> own.isOf(caller)));
            });
  }

  private Uni<Boolean> isVisible(Caller caller, StoredFile file) {
    return timelines
        .access(caller, file.conversationId())
        .flatMap(
            access ->
                access.isEmpty()
                    ? Uni.createFrom().item(false)
                    : messages
                        .find(caller, file.messageId())
                        .map(
                            message ->
                                message
                                    .filter(m -> !m.isDeleted())
                                    .filter(m -> ForReader.sees(caller, access.get(), m))
                                    .isPresent()));
  }

  private DownloadView address(StoredFile file, boolean thumbnail) {
    Duration valid = config.downloadTtl().compareTo(AT_MOST) < 0 ? config.downloadTtl() : AT_MOST;
    String url =
        thumbnail
            ? storage.download(file.thumbnailKey(), file.thumbnail(), "inline", valid)
            : storage.download(
                file.key(), Disposition.type(file), Disposition.of(file, false), valid);
    return new DownloadView(url, clock.instant().plus(valid).truncatedTo(ChronoUnit.MILLIS));
  }
}
