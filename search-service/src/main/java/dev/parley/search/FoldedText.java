package dev.parley.search;

import java.text.Normalizer;
import java.util.Locale;

/**
 * A text as it is matched: without accents, in lower case, compatibility forms resolved ({@code ﬁ},
 * full width), each of its characters knowing where it stands in the original.
 *
 * <p>Positions are UTF-16 code units, as JavaScript and Java count them. A folded character stands
 * for the whole original cluster (letter and its combining marks), so a highlight never cuts one.
 * Marks are dropped where they are accents (Latin, Greek, Cyrillic), Arabic vowel signs or Hebrew
 * points; the vowel signs of Indic scripts and the voicing marks of Japanese are letters and stay.
 */
public final class FoldedText {
  /** Set around matches by the highlighter; never part of a folded text. */
  public static final char MATCH_BEGIN = '\uE000';

  /** See {@link #MATCH_BEGIN}. */
  public static final char MATCH_END = '\uE001';

  private final StringBuilder folded;
  private int[] starts;
  private int[] ends;

  private FoldedText(int length) {
    folded = new StringBuilder(length);
    starts = new int[length + 16];
    ends = new int[length + 16];
  }

  /** Folds the text. */
  public static FoldedText of(String original) {
    FoldedText result = new FoldedText(original.length());
    int at = 0;
    while (at < original.length()) {
      int end = clusterEnd(original, at);
      int point = original.codePointAt(at);
      if (point < 128 && end == at + 1) {
        result.append(Character.toLowerCase((char) point), at, end);
      } else {
        String cluster = fold(original.substring(at, end));
        for (int i = 0; i < cluster.length(); i++) {
          result.append(cluster.charAt(i), at, end);
        }
      }
      at = end;
    }
    return result;
  }

  /** The text with every half of a surrogate pair replaced, since it cannot be written as UTF-8. */
  public static String wellFormed(String text) {
    StringBuilder copy = null;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        i++;
      } else if (Character.isSurrogate(c)) {
        copy = copy == null ? new StringBuilder(text) : copy;
        copy.setCharAt(i, '\uFFFD');
      }
    }
    return copy == null ? text : copy.toString();
  }

  /** Whether the code point belongs to the letter before it. */
  public static boolean isMark(int point) {
    int type = Character.getType(point);
    return type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK;
  }

  /** The folded text. */
  public String text() {
    return folded.toString();
  }

  /** Where the cluster of that folded character begins in the original. */
  public int startOf(int index) {
    return starts[index];
  }

  /** Where the cluster of that folded character ends in the original. */
  public int endOf(int index) {
    return ends[index];
  }

  private void append(char c, int start, int end) {
    int at = folded.length();
    if (at == starts.length) {
      starts = java.util.Arrays.copyOf(starts, at * 2);
      ends = java.util.Arrays.copyOf(ends, at * 2);
    }
    folded.append(c);
    starts[at] = start;
    ends[at] = end;
  }

  private static int clusterEnd(String text, int at) {
    int end = at + Character.charCount(text.codePointAt(at));
    while (end < text.length() && isMark(text.codePointAt(end))) {
      end += Character.charCount(text.codePointAt(end));
    }
    return end;
  }

  private static String fold(String cluster) {
    StringBuilder bare = new StringBuilder(cluster.length());
    Normalizer.normalize(cluster, Normalizer.Form.NFKD)
        .codePoints()
        .filter(point -> !isDropped(point))
        .forEach(bare::appendCodePoint);
    String lower = Normalizer.normalize(bare, Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
    StringBuilder result = new StringBuilder(lower.length());
    lower.codePoints().forEach(point -> letter(point, result));
    return result.toString();
  }

  private static boolean isDropped(int point) {
    if (isMark(point)) {
      return switch (Character.UnicodeScript.of(point)) {
        case INHERITED -> point != 0x3099 && point != 0x309A;
        case ARABIC, HEBREW, CYRILLIC, GREEK, LATIN -> true;
        default -> false;
      };
    }
    // Soft hyphen, byte order mark, controls of the writing direction: invisible inside a word.
    return point == 0xAD
        || point == 0xFEFF
        || point == 0x200E
        || point == 0x200F
        || point >= 0x202A && point <= 0x202E
        || point >= 0x2066 && point <= 0x2069;
  }

  /** Letters that are accented to the eye but have no decomposition. */
  private static void letter(int point, StringBuilder out) {
    switch (point) {
      case 'ß' -> out.append("ss");
      case 'æ' -> out.append("ae");
      case 'œ' -> out.append("oe");
      case 'þ' -> out.append("th");
      case 'ø' -> out.append('o');
      case 'ł' -> out.append('l');
      case 'đ', 'ð' -> out.append('d');
      case 'ħ' -> out.append('h');
      case 'ŧ' -> out.append('t');
      case 'ı' -> out.append('i');
      case 'ς' -> out.append('σ');
      case MATCH_BEGIN, MATCH_END -> out.append(' ');
      default -> out.appendCodePoint(point);
    }
  }
}
