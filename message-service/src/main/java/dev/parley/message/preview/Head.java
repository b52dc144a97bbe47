package dev.parley.message.preview;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;

/**
 * What is worth parsing of a page: its head up to the first tag that stands in no head, without
 * scripts, styles and comments, and no more than 64 KiB of it. So whatever a page is made of, few
 * elements come to the parser, whose time grows faster than what it is given; here it is linear.
 */
final class Head {
  private static final int AT_MOST = 64 * 1024;
  private static final Set<String> WITHIN = Set.of("html", "head", "meta", "link", "base", "title");
  private static final Set<String> SKIPPED = Set.of("script", "style", "noscript");

  private final String page;
  private final StringBuilder head = new StringBuilder();

  private Head(String page) {
    this.page = page;
  }

  /** The head of a page in any encoding that has ASCII in it. */
  static byte[] of(byte[] page) {
    Head head = new Head(new String(page, StandardCharsets.ISO_8859_1));
    head.take();
    head.head.setLength(Math.min(AT_MOST, head.head.length()));
    return head.head.toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  private void take() {
    int from = 0;
    int at = page.indexOf('<');
    while (at >= 0 && head.length() < AT_MOST) {
      int next = at + 1;
      String name = name(next);
      if (page.startsWith("<!--", at) || SKIPPED.contains(name)) {
        head.append(page, from, at);
        next = name.isEmpty() ? after("-->", at + 2) : endOf(name, at);
        from = next;
      } else if (WITHIN.contains(name)) {
        next = name.equals("title") ? endOf(name, at) : endOfTag(next);
      } else if (!name.isEmpty() || page.startsWith("</body", at)) {
        head.append(page, from, at);
        return;
      }
      at = page.indexOf('<', next);
    }
    head.append(page, from, page.length());
  }

  private String name(int from) {
    int end = from;
    while (end < page.length() && end < from + 16 && isOfName(page.charAt(end))) {
      end++;
    }
    return page.substring(from, end).toLowerCase(Locale.ROOT);
  }

  private int after(String mark, int from) {
    int found = page.indexOf(mark, from);
    return found < 0 ? page.length() : found + mark.length();
  }

  private int endOf(String name, int from) {
    String close = "</" + name;
    int at = page.indexOf("</", from);
    while (at >= 0 && !page.regionMatches(true, at, close, 0, close.length())) {
      at = page.indexOf("</", at + 2);
    }
    return at < 0 ? page.length() : endOfTag(at + close.length());
  }

  /** Behind the tag; what stands in quotes behind an equals sign does not end it. */
  private int endOfTag(int from) {
    char quote = 0;
    char before = 0;
    for (int i = from; i < page.length(); i++) {
      char c = page.charAt(i);
      if (quote != 0) {
        quote = c == quote ? 0 : quote;
      } else if (c == '>') {
        return i + 1;
      } else if ((c == '"' || c == '\'') && before == '=') {
        quote = c;
      }
      before = c > ' ' ? c : before;
    }
    return page.length();
  }

  private static boolean isOfName(char c) {
    return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '-';
  }
}
