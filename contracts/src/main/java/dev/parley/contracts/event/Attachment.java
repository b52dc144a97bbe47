package dev.parley.contracts.event;

import java.util.UUID;

/**
 * A file of a message. Its address is not here: it is made after a fresh check of access, for five
 * minutes (product.md §4).
 *
 * @param size in bytes
 * @param thumbnail whether there is one to download
 */
public record Attachment(
    UUID id,
    String fileName,
    long size,
    String contentType,
    AttachmentState state,
    Integer width,
    Integer height,
    boolean thumbnail) {

  /** Without the file's name: fit for logs. */
  @Override
  public String toString() {
    return "Attachment[id=" + id + ", size=" + size + ", state=" + state + "]";
  }
}
