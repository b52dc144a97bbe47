package dev.parley.message.attachment;

import dev.parley.contracts.event.AttachmentState;
import dev.parley.message.StoredFile;
import java.util.UUID;

/**
 * What became of an upload.
 *
 * @param reason of a rejection: {@code size_mismatch}, {@code checksum_mismatch}, {@code
 *     type_mismatch}, {@code malware}, {@code not_scanned}
 */
public record StateView(
    UUID id,
    AttachmentState state,
    String reason,
    String contentType,
    Integer width,
    Integer height,
    boolean thumbnail) {

  static StateView of(StoredFile file) {
    return new StateView(
        file.id(),
        AttachmentState.of(file.state()),
        file.reason(),
        file.contentType(),
        file.width(),
        file.height(),
        file.thumbnail() != null);
  }
}
