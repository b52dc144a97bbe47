package dev.parley.contracts.event;

import java.util.UUID;

/**
 * A file of a message. Its address is not here: it is made after a fresh check of access, for five
 * minutes (product.md §4).
 *
 * @param size in bytes
 * @param thumbnail whether there is one to download
 * @param reason why it was rejected; absent with messages, which have none that were
 */
public record Attachment(
    UUID id,
    String fileName,
    long size,
    String contentType,
    AttachmentState state,
    Integer width,
    Integer height,
    boolean thumbnail,
    String reason) {

  /** Without the file's name: fit for logs. */
  @Override
  public String toString() {
    return "Attachment[id=" + id + ", size=" + size + ", state=" + state + "]";
  }
}
