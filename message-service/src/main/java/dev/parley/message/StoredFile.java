package dev.parley.message;

import dev.parley.chassis.caller.Caller;
import dev.parley.contracts.event.Attachment;
import dev.parley.contracts.event.AttachmentState;
import io.vertx.mutiny.sqlclient.Row;
import java.util.UUID;

/**
 * A file as it is stored.
 *
 * @param contentType what the uploader said, until the bytes have said it themselves
 * @param sha256 in hexadecimal
 * @param state {@code uploading}, {@code scanning}, {@code ready}, {@code rejected}, {@code
 *     deleted}
 * @param reason why it was rejected
 * @param thumbnail type of the thumbnail; null when there is none
 * @param messageId the message that it hangs on, or the mass message that it was taken for; null
 *     until then
 * @param contentId the file whose bytes these are; null when they are its own
 */
public record StoredFile(
    String tenant,
    UUID id,
    String uploaderKind,
    String uploaderId,
    String fileName,
    long size,
    String contentType,
    String sha256,
    String state,
    String reason,
    Integer width,
    Integer height,
    String thumbnail,
    UUID conversationId,
    UUID messageId,
    UUID contentId) {

  static StoredFile of(Row row) {
    return new StoredFile(
        row.getString("tenant"),
        row.getUUID("id"),
        row.getString("uploader_kind"),
        row.getString("uploader_id"),
        row.getString("file_name"),
        row.getLong("size"),
        row.getString("content_type"),
        row.getString("sha256"),
        row.getString("state"),
        row.getString("reason"),
        row.getInteger("width"),
        row.getInteger("height"),
        row.getString("thumbnail"),
        row.getUUID("conversation_id"),
        row.getUUID("message_id"),
        row.getUUID("content_id"));
  }

  /** Whether the caller uploaded it. */
  public boolean isOf(Caller caller) {
    return uploaderKind.equals(caller.kind()) && uploaderId.equals(caller.id());
  }

  /** Whether it hangs on a message of a conversation; what is taken for many is none's itself. */
  public boolean isSent() {
    return messageId != null && conversationId != null;
  }

  /** Whether it may be sent with a message, now or once its bytes are there and checked. */
  public boolean isToBeSent() {
    return messageId == null && !"rejected".equals(state) && !"deleted".equals(state);
  }

  /** Whether its bytes are what was announced, and harmless as far as could be told. */
  public boolean isReady() {
    return "ready".equals(state);
  }

  /** As messages name it; not for what is still being uploaded or is deleted. */
  public Attachment view() {
    return new Attachment(
        id,
        fileName,
        size,
        contentType,
        AttachmentState.of(state),
        width,
        height,
        thumbnail != null,
        reason);
  }

  /** Where an upload goes; never read after the upload is complete. */
  public String uploadKey() {
    return "uploads/" + tenant + "/" + id;
  }

  /** Where the checked bytes are, which no address given out can write. */
  public String key() {
    return "files/" + tenant + "/" + content();
  }

  public String thumbnailKey() {
    return "thumbnails/" + tenant + "/" + content();
  }

  private UUID content() {
    return contentId == null ? id : contentId;
  }

  /** Without the file's name: fit for logs. */
  @Override
  public String toString() {
    return "StoredFile[id=" + id + ", state=" + state + ", size=" + size + "]";
  }
}
