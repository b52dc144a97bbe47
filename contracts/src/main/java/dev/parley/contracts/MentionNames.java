package dev.parley.contracts;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Puts names where a text mentions people. A mention stands by itself: what only begins like an id
 * ({@code @anabel} when {@code ana} is mentioned), an e-mail address or a path of a link is none.
 *
 * <p>While marks are dropped each mention is a pair of characters that no mark is made of and no
 * body has (NUL and a sign for the id), so neither ids nor names are taken for Markdown.
 */
final class MentionNames {
  private static final char HIDDEN = 0;
  private static final char FIRST = '\u3400';
  private static final int MOST = 10_000;
  private static final String BEFORE = " \t\n\r([{\"'*_~>-\u2013\u2014,;:";
  private static final String IN_IDS = "._:@-";
  private static final int LONGEST_ID = 128;

  private final List<String> ids;
  private final Map<String, String> names;

  MentionNames(Map<String, String> names) {
    this.ids =
        names.keySet().stream()
            .filter(id -> !id.isEmpty())
            .sorted(Comparator.comparingInt(String::length).reversed())
            .limit(MOST)
            .toList();
    this.names = names;
  }

  /** The text of that Markdown. */
  String in(String markdown) {
    List<String> found = new ArrayList<>();
    return shown(PlainText.of(hidden(markdown, found)), found);
  }

  private String hidden(String markdown, List<String> found) {
    StringBuilder text = new StringBuilder(markdown.length());
    int i = 0;
    while (i < markdown.length()) {
      char c = markdown.charAt(i);
      String id = c == '@' ? mentioned(markdown, i) : null;
      if (id == null) {
        text.append(c);
        i++;
      } else {
        int place = found.indexOf(id);
        if (place < 0) {
          place = found.size();
          found.add(id);
        }
        text.append(HIDDEN).append((char) (FIRST + place));
        i += 1 + id.length();
      }
    }
    return text.toString();
  }

  private String shown(String text, List<String> found) {
    StringBuilder shown = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      int place = c == HIDDEN && i + 1 < text.length() ? text.charAt(i + 1) - FIRST : -1;
      if (place >= 0 && place < found.size()) {
        shown.append('@').append(names.get(found.get(place)));
        i++;
      } else {
        shown.append(c);
      }
    }
    return shown.toString();
  }

  /** The mentioned id behind the sign at that place, or null. */
  private String mentioned(String text, int at) {
    if (at > 0 && BEFORE.indexOf(text.charAt(at - 1)) < 0) {
      return null;
    }
    for (String id : ids) {
      if (text.startsWith(id, at + 1) && ends(text, at + 1 + id.length())) {
        return id;
      }
    }
    return null;
  }

  private static boolean ends(String text, int from) {
    int i = from;
    while (i < text.length() && i - from < LONGEST_ID && IN_IDS.indexOf(text.charAt(i)) >= 0) {
      i++;
    }
    return i == text.length() || !Character.isLetterOrDigit(text.charAt(i));
  }
}
