package dev.parley.contracts.event;

/**
 * What a link in a message leads to, in plain text (product.md §4).
 *
 * @param url as it stands in the body
 * @param title at most 200 characters
 * @param description at most 500 characters, or absent
 */
public record LinkPreview(String url, String title, String description) {
  /** Without what was said: fit for logs. */
  @Override
  public String toString() {
    return "LinkPreview";
  }
}
