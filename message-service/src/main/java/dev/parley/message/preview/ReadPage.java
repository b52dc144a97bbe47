package dev.parley.message.preview;

import dev.parley.contracts.event.LinkPreview;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/**
 * What a page says of itself: Open Graph, Twitter's cards, else title and description. Plain text
 * on one line, without what changes the direction or the place of the text around it.
 */
final class ReadPage {
  private static final int TITLE = 200;
  private static final int DESCRIPTION = 500;
  private static final int ADDRESS = 2048;
  private static final List<String> PICTURES =
      List.of("og:image", "og:image:url", "og:image:secure_url", "twitter:image");
  private static final Pattern CHARSET =
      Pattern.compile("(?i)charset\\s*=\\s*\"?([A-Za-z0-9._:-]{1,40})");

  private ReadPage() {}

  /** A preview of the link; empty when the page has no title. */
  static Optional<LinkPreview> read(String link, Page page) {
    Document document = parse(page);
    String title = text(document, TITLE, "og:title", "twitter:title");
    if (title == null) {
      title = plain(document.title(), TITLE);
    }
    String description =
        text(document, DESCRIPTION, "og:description", "twitter:description", "description");
    return title == null
        ? Optional.empty()
        : Optional.of(new LinkPreview(link, title, description, null));
  }

  /** The address of the picture that the page shows of itself; empty when it names none. */
  static Optional<String> picture(Page page) {
    Document document = parse(page);
    for (String name : PICTURES) {
      String address = meta(document, name).map(String::strip).orElse("");
      if (!address.isEmpty() && address.length() <= ADDRESS) {
        return Optional.of(address);
      }
    }
    return Optional.empty();
  }

  private static Optional<String> meta(Document document, String name) {
    return document.getElementsByTag("meta").stream()
        .filter(
            meta ->
                name.equalsIgnoreCase(meta.attr("property"))
                    || name.equalsIgnoreCase(meta.attr("name")))
        .map(meta -> meta.attr("content"))
        .findFirst();
  }

  private static Document parse(Page page) {
    Charset declared = charset(page.contentType());
    byte[] bytes = page.bytes();
    if (declared != null && declared.name().startsWith("UTF-16")) {
      bytes = new String(bytes, declared).getBytes(StandardCharsets.UTF_8);
      declared = StandardCharsets.UTF_8;
    }
    try {
      return Jsoup.parse(
          new ByteArrayInputStream(Head.of(bytes)), declared == null ? null : declared.name(), "");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Charset charset(String contentType) {
    Matcher named = CHARSET.matcher(contentType);
    try {
      return named.find() && Charset.isSupported(named.group(1))
          ? Charset.forName(named.group(1))
          : null;
    } catch (IllegalCharsetNameException e) {
      return null;
    }
  }

  private static String text(Document document, int most, String... names) {
    for (String name : names) {
      for (Element meta : document.getElementsByTag("meta")) {
        if (name.equalsIgnoreCase(meta.attr("property"))
            || name.equalsIgnoreCase(meta.attr("name"))) {
          String found = plain(meta.attr("content"), most);
          if (found != null) {
            return found;
          }
        }
      }
    }
    return null;
  }

  /** On one line, cut where it gets too long; null when nothing is left. */
  static String plain(String text, int most) {
    StringBuilder plain = new StringBuilder();
    int length = 0;
    boolean blank = false;
    for (int c : text.codePoints().limit(20L * most).toArray()) {
      if (Character.isWhitespace(c) || Character.isSpaceChar(c)) {
        blank = length > 0;
      } else if (isShown(c)) {
        if (length + (blank ? 2 : 1) > most) {
          plain.setLength(plain.offsetByCodePoints(plain.length(), -1));
          return plain.append('…').toString();
        }
        if (blank) {
          plain.append(' ');
          length++;
        }
        plain.appendCodePoint(c);
        length++;
        blank = false;
      }
    }
    return plain.isEmpty() ? null : plain.toString();
  }

  /** Joiners hold emoji and some scripts together; all other formatting may mislead. */
  private static boolean isShown(int c) {
    int type = Character.getType(c);
    return c == 0x200C
        || c == 0x200D
        || type != Character.CONTROL
            && type != Character.FORMAT
            && type != Character.SURROGATE
            && type != Character.UNASSIGNED
            && type != Character.PRIVATE_USE;
  }
}
