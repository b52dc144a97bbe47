package dev.parley.message.attachment;

import dev.parley.message.StoredFile;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * How files are served: what a browser may show as what it is, all else as bytes to be saved
 * (product.md §4: nothing is served inline that a browser could run). What is shown has a name of
 * its type, whatever it was called: saved and opened again it is still that.
 */
final class Disposition {
  private Disposition() {}

  static String type(StoredFile file) {
    return Types.isInline(file.contentType()) ? file.contentType() : "application/octet-stream";
  }

  /** RFC 6266, with the name in UTF-8 and, for old clients, in ASCII. */
  static String of(StoredFile file, boolean always) {
    boolean shown = Types.isInline(file.contentType());
    String name = shown ? Types.named(file.fileName(), file.contentType()) : file.fileName();
    String plain = name.replaceAll("[^ -~]|[\"\\\\%]", "_");
    String encoded =
        URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20").replace("*", "%2A");
    return (always || !shown ? "attachment" : "inline")
        + "; filename=\""
        + plain
        + "\"; filename*=UTF-8''"
        + encoded;
  }
}
