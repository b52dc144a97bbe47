package dev.parley.message.preview;

/**
 * A page as it came.
 *
 * @param contentType as its server says
 */
record Page(String contentType, byte[] bytes) {
  @Override
  public String toString() {
    return "Page";
  }
}
