package dev.parley.contracts.event;

import java.util.UUID;

/**
 * What a link in a message leads to, in plain text (product.md §4).
 *
 * @param url as it stands in the body
 * @param title at most 200 characters
 * @param description at most 500 characters, or absent
 * @param imageAttachmentId the page's picture, made small: a file that whoever sees the message may
 *     download; or absent
 */
public record LinkPreview(String url, String title, String description, UUID imageAttachmentId) {
  /** The same with that picture; null for none. */
  public LinkPreview with(UUID image) {
    return new LinkPreview(url, title, description, image);
  }

  /** Without what was said: fit for logs. */
  @Override
  public String toString() {
    return "LinkPreview";
  }
}
