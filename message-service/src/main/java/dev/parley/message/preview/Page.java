package dev.parley.message.preview;

/**
 * What came from the web: a page, or a picture.
 *
 * @param from where it came from in the end
 * @param contentType as its server says
 */
record Page(Target from, String contentType, byte[] bytes) {
  @Override
  public String toString() {
    return "Page";
  }
}
