package dev.parley.message.attachment;

import dev.parley.chassis.caller.Caller;
import dev.parley.chassis.idempotency.Idempotency;
import dev.parley.chassis.idempotency.Idempotency.Answer;
import dev.parley.chassis.problem.Blank;
import dev.parley.chassis.problem.OneLine;
import dev.parley.chassis.problem.Problem;
import dev.parley.chassis.tx.Work;
import dev.parley.contracts.Ids;
import dev.parley.message.Attachments;
import dev.parley.message.Refusal;
import dev.parley.message.StoredFile;
import dev.parley.message.provider.ObjectStorage;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/**
 * Begins an upload: the bytes go past this service, to an address that takes exactly the size, type
 * and checksum that were announced.
 */
@ApplicationScoped
class StartUpload {
  private final Attachments attachments;
  private final ObjectStorage storage;
  private final Idempotency idempotency;
  private final SizeLimit limit;
  private final AttachmentConfig config;
  private final Clock clock;

  StartUpload(
      Attachments attachments,
      ObjectStorage storage,
      Idempotency idempotency,
      SizeLimit limit,
      AttachmentConfig config,
      Clock clock) {
    this.attachments = attachments;
    this.storage = storage;
    this.idempotency = idempotency;
    this.limit = limit;
    this.config = config;
    this.clock = clock;
  }

  /** What is remembered of a start; the address is signed anew for each answer. */
  record Started(UUID id) {}

  Uni<UploadView> start(Caller caller, String key, UploadRequest request) {
    OneLine.check("fileName", request.fileName());
    if (Blank.is(request.fileName())) {
      throw Problem.invalid("fileName", "must not be empty or invisible");
    }
    return Refusal.of(() -> limit.check(caller, request.size()))
        .flatMap(
            refusal ->
                idempotency.write(
                    caller,
                    key,
                    "attachment",
                    request,
                    Started.class,
                    work -> {
                      refusal.raise();
                      return begin(work, caller, request);
                    }))
        .map(answer -> view(file(caller, answer.body().id(), request)));
  }

  private Uni<Answer<Started>> begin(Work work, Caller caller, UploadRequest request) {
    Instant now = clock.instant();
    StoredFile file = file(caller, Ids.next(), request);
    return attachments
        .start(work, file, now, now.plus(config.unfinishedTtl()))
        .replaceWith(() -> new Answer<>(201, new Started(file.id())));
  }

  private UploadView view(StoredFile file) {
    Instant expires = clock.instant().plus(config.uploadTtl()).truncatedTo(ChronoUnit.MILLIS);
    ObjectStorage.Signed signed =
        storage.upload(
            file.uploadKey(),
            file.size(),
            file.contentType(),
            UploadRequest.base64(file.sha256()),
            config.uploadTtl());
    return new UploadView(file.id(), signed.url(), signed.headers(), expires);
  }

  private static StoredFile file(Caller caller, UUID id, UploadRequest request) {
    return new StoredFile(
        caller.tenant(),
        id,
        caller.kind(),
        caller.id(),
        request.fileName(),
        request.size(),
        request.contentType(),
        request.sha256Hex(),
        "uploading",
        null,
        null,
        null,
        null,
        null,
        null,
        null);
  }
}
