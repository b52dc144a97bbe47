package dev.parley.message.attachment;

import dev.parley.contracts.event.AttachmentState;
import java.time.Instant;
import java.util.UUID;

/**
 * A file of a conversation, with its message.
 *
 * @param seq of the message
 * @param at when it was sent
 */
public record FileView(
    UUID id,
    String fileName,
    long size,
    String contentType,
    AttachmentState state,
    Integer width,
    Integer height,
    boolean thumbnail,
    UUID messageId,
    long seq,
    String authorId,
    Instant at) {

  /** Without the file's name: fit for logs. */
  @Override
  public String toString() {
    return "FileView[id=" + id + ", messageId=" + messageId + "]";
  }
}
