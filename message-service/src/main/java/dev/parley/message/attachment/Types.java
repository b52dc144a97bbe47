package dev.parley.message.attachment;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.metadata.TikaCoreProperties;
import org.apache.tika.mime.MimeTypeException;
import org.apache.tika.mime.MimeTypes;

/** What files are, by their bytes, and what may be shown in a browser. */
final class Types {
  /** What a browser shows without running anything of it; a PDF may bring scripts along. */
  private static final Set<String> INLINE =
      Set.of(
          "image/png",
          "image/jpeg",
          "image/gif",
          "image/webp",
          "image/bmp",
          "image/avif",
          "video/mp4",
          "video/webm",
          "video/quicktime",
          "audio/mpeg",
          "audio/mp4",
          "audio/ogg",
          "audio/vorbis",
          "audio/opus",
          "audio/vnd.wave",
          "audio/x-flac",
          "audio/webm");

  /** What a browser would run. */
  private static final Set<String> ACTIVE =
      Set.of(
          "text/html",
          "application/xhtml+xml",
          "image/svg+xml",
          "application/xml",
          "text/xml",
          "application/javascript",
          "text/javascript");

  private static final String BYTES = "application/octet-stream";

  /** What bytes are called in which nothing was recognized. */
  private static final Set<String> UNKNOWN = Set.of(BYTES, "text/plain");

  private static final MimeTypes KNOWN = MimeTypes.getDefaultMimeTypes();

  private Types() {}

  /**
   * The type that the bytes have; the name only tells what the bytes leave open, such as which kind
   * of document a ZIP archive is. Bytes that say nothing are nothing that is shown inline, whatever
   * they are called.
   */
  static String of(Path file, String fileName) throws IOException {
    Metadata named = new Metadata();
    named.set(TikaCoreProperties.RESOURCE_NAME_KEY, fileName);
    String type = detect(file, named);
    return isInline(type) && UNKNOWN.contains(detect(file, new Metadata())) ? BYTES : type;
  }

  private static String detect(Path file, Metadata hints) throws IOException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      return KNOWN.detect(in, hints).getBaseType().toString();
    }
  }

  /** Whether it says to be something harmless and is something that a browser would run. */
  static boolean isDisguised(String declared, String found) {
    String said = declared.replaceFirst(" *;.*", "").toLowerCase(Locale.ROOT);
    return ACTIVE.contains(found) && !said.equals(found) && !ACTIVE.contains(said);
  }

  /** The name, with an extension of the type behind it where it ends with none. */
  static String named(String name, String type) {
    try {
      List<String> extensions = KNOWN.forName(type).getExtensions();
      String lower = name.toLowerCase(Locale.ROOT);
      return extensions.isEmpty() || extensions.stream().anyMatch(lower::endsWith)
          ? name
          : name + extensions.get(0);
    } catch (MimeTypeException e) {
      throw new IllegalArgumentException("no type", e);
    }
  }

  /** Whether it may be shown where it is, instead of saved. */
  static boolean isInline(String type) {
    return INLINE.contains(type);
  }
}
