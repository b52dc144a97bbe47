package dev.parley.contracts.event;

/**
 * A file at a carrier, not fetched yet.
 *
 * @param url at the carrier; asked only with the carrier's credentials and only of its hosts
 */
public record Media(String url, String contentType) {
  /** Without the address, which may give access: fit for logs. */
  @Override
  public String toString() {
    return "Media[contentType=" + contentType + "]";
  }
}
