package dev.parley.contracts;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A message's Markdown as a text on a phone (product.md §5): marks dropped, links spelled out. What
 * only might be a mark stays as it was written ({@code 2*3*4}, {@code snake_case}). Time is linear
 * in the length; without names in it the text is never longer than the Markdown.
 *
 * <p>It is here because two services must come to the same text: the one that refuses what is too
 * long, and the one that sends it.
 */
public final class PlainText {
  /** The longest text that a carrier takes, in code points: as a person counts. */
  public static final int LONGEST = 1600;

  private static final Pattern BULLET = Pattern.compile("^( *)[*+] (?=\\S)");
  private static final Pattern LINK = Pattern.compile("(?i)(https?://|mailto:|tel:).+");
  private static final String ENDS_ADDRESS = " \t*)]>\"";
  private static final String BEFORE_MARK = " \t([{\"'*_~>-–—";
  private static final String AFTER_MARK = " \t)]}\"'*_~.,;:!?-–—…";
  private static final int LONGEST_LINK = 2048;

  private PlainText() {}

  /** Whether the text, as it would be sent, is longer than any carrier takes. */
  public static boolean isTooLong(String text) {
    return text.length() > LONGEST && text.codePointCount(0, text.length()) > LONGEST;
  }

  /** A text among several people: who says it stands first. */
  public static String by(String sender, String text) {
    return sender.strip().replaceAll("\\s+", " ") + ": " + text;
  }

  /**
   * The text to send, with people named.
   *
   * @param names of the mentioned, by user id: {@code @id} becomes {@code @name}
   */
  public static String of(String markdown, Map<String, String> names) {
    return names.isEmpty() || markdown.indexOf('@') < 0
        ? of(markdown)
        : new MentionNames(names).in(markdown);
  }

  /** The text to send. */
  public static String of(String markdown) {
    StringBuilder text = new StringBuilder(markdown.length());
    boolean code = false;
    for (String line : markdown.split("\n", -1)) {
      if (line.strip().startsWith("```")) {
        code = !code;
      } else {
        text.append(code ? line : line(line)).append('\n');
      }
    }
    return text.toString().strip();
  }

  private static String line(String line) {
    String bare = line.substring(quoted(line));
    return new Inline(BULLET.matcher(bare).replaceFirst("$1- ")).text();
  }

  /** How much of the line only says that it is quoted. */
  private static int quoted(String line) {
    int end = 0;
    for (int i = 0; i < line.length() && (line.charAt(i) == '>' || line.charAt(i) == ' '); i++) {
      if (line.charAt(i) == '>') {
        end = i + 1;
      }
    }
    return end < line.length() && end > 0 && line.charAt(end) == ' ' ? end + 1 : end;
  }

  /** One line; remembers which of its characters are marks. */
  private static final class Inline {
    private record Mark(char kind, int length, int at) {}

    private final String line;
    private final char[] chars;
    private final boolean[] dropped;
    private final Deque<Mark> open = new ArrayDeque<>();
    private final Deque<Integer> brackets = new ArrayDeque<>();
    private final int[] openOf = new int[128];

    Inline(String line) {
      this.line = line;
      this.chars = line.toCharArray();
      this.dropped = new boolean[chars.length];
    }

    String text() {
      int i = 0;
      while (i < chars.length) {
        i =
            switch (chars[i]) {
              case '`' -> code(i);
              case '[' -> {
                brackets.push(i);
                yield i + 1;
              }
              case ']' -> link(i);
              case '*', '_', '~' -> marks(i);
              case 'h', 'H' -> address(i);
              default -> i + 1;
            };
      }
      StringBuilder text = new StringBuilder(chars.length);
      for (int k = 0; k < chars.length; k++) {
        if (!dropped[k]) {
          text.append(chars[k]);
        }
      }
      return text.toString();
    }

    private int code(int at) {
      int end = line.indexOf('`', at + 1);
      if (end <= at + 1) {
        return end < 0 ? at + 1 : end + 1;
      }
      drop(at, at + 1);
      drop(end, end + 1);
      return end + 1;
    }

    /** Skips an address that stands for itself: what looks like marks in it is part of it. */
    private int address(int at) {
      if (!line.regionMatches(true, at, "http://", 0, 7)
          && !line.regionMatches(true, at, "https://", 0, 8)) {
        return at + 1;
      }
      int end = at;
      while (end < chars.length && ENDS_ADDRESS.indexOf(chars[end]) < 0) {
        end++;
      }
      return end;
    }

    private int link(int at) {
      if (brackets.isEmpty()) {
        return at + 1;
      }
      int from = brackets.pop();
      int end = end(at + 2);
      if (end < 0 || at + 1 >= chars.length || chars[at + 1] != '(' || from + 1 == at) {
        return at + 1;
      }
      String target = line.substring(at + 2, end);
      if (!LINK.matcher(target).matches()) {
        return at + 1;
      }
      String label = line.substring(from + 1, at);
      drop(from, from + 1);
      if (target.equals(label) || target.substring(target.indexOf(':') + 1).equals(label)) {
        drop(at, end + 1);
      } else {
        chars[at] = ' ';
      }
      return end + 1;
    }

    /** Where the link that begins there is closed, or -1. */
    private int end(int from) {
      for (int i = from; i < chars.length && i < from + LONGEST_LINK; i++) {
        if (chars[i] == ')') {
          return i == from ? -1 : i;
        }
        if (chars[i] == ' ') {
          return -1;
        }
      }
      return -1;
    }

    private int marks(int at) {
      int end = at;
      while (end < chars.length && chars[end] == chars[at]) {
        end++;
      }
      char kind = chars[at];
      char before = at == 0 ? ' ' : chars[at - 1];
      char after = end == chars.length ? ' ' : chars[end];
      int i = at;
      if (!blank(before) && AFTER_MARK.indexOf(after) >= 0) {
        i = close(kind, i, end);
      }
      if (!blank(after) && BEFORE_MARK.indexOf(before) >= 0) {
        open(kind, i, end);
      }
      return end;
    }

    private int close(char kind, int from, int end) {
      int i = from;
      while (i < end && openOf[kind] > 0) {
        Mark mark = open.pop();
        openOf[mark.kind()]--;
        if (mark.kind() == kind && mark.length() <= end - i) {
          drop(mark.at(), mark.at() + mark.length());
          drop(i, i + mark.length());
          i += mark.length();
        }
      }
      return i;
    }

    private void open(char kind, int from, int end) {
      int i = from;
      while (i < end) {
        int length = Math.min(2, end - i);
        if (kind != '~' || length == 2) {
          open.push(new Mark(kind, length, i));
          openOf[kind]++;
        }
        i += length;
      }
    }

    private void drop(int from, int to) {
      for (int i = from; i < to; i++) {
        dropped[i] = true;
      }
    }

    private static boolean blank(char c) {
      return c == ' ' || c == '\t';
    }
  }
}
