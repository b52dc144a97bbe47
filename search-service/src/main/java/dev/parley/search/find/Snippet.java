package dev.parley.search.find;

import dev.parley.search.FoldedText;
import java.util.ArrayList;
import java.util.List;

/**
 * A part of a text around its first match, and where the matches stand in it.
 *
 * <p>Offsets are UTF-16 code units, the unit in which JavaScript cuts strings; a highlight holds
 * whole letters with their marks and never half of a surrogate pair. They count in the order in
 * which the text is stored, whatever direction it is written in.
 */
record Snippet(String text, List<int[]> highlights) {
  private static final int LENGTH = 240;
  private static final int BEFORE = 60;
  private static final int WORD = 20;
  private static final int ZERO_WIDTH_JOINER = 0x200D;
  private static final String CUT = "…";

  /**
   * Cuts the snippet.
   *
   * @param original the text as it was written
   * @param marked its folded form with {@link FoldedText#MATCH_BEGIN} and {@code MATCH_END} around
   *     the matches; null when the highlighter found none
   */
  static Snippet of(String original, String marked) {
    List<int[]> matches = marked == null ? List.of() : matches(FoldedText.of(original), marked);
    int begin = 0;
    int end = original.length();
    if (end > LENGTH) {
      int first = matches.isEmpty() ? 0 : matches.get(0)[0];
      begin = whole(original, word(original, Math.max(0, first - BEFORE), first));
      end = whole(original, Math.min(original.length(), begin + LENGTH));
      if (end <= begin) {
        end = original.length();
      }
    }
    String head = begin > 0 ? CUT : "";
    String tail = end < original.length() ? CUT : "";
    List<int[]> shown = new ArrayList<>();
    for (int[] match : matches) {
      if (match[0] >= begin && match[1] <= end) {
        shown.add(new int[] {match[0] - begin + head.length(), match[1] - begin + head.length()});
      }
    }
    return new Snippet(head + oneLine(original.substring(begin, end)) + tail, shown);
  }

  /** Where the marked parts stand in the original; none should the two not belong together. */
  private static List<int[]> matches(FoldedText folded, String marked) {
    List<int[]> matches = new ArrayList<>();
    StringBuilder bare = new StringBuilder(marked.length());
    int open = -1;
    for (int i = 0; i < marked.length(); i++) {
      char c = marked.charAt(i);
      if (c == FoldedText.MATCH_BEGIN) {
        open = bare.length();
      } else if (c == FoldedText.MATCH_END) {
        if (open >= 0 && bare.length() > open) {
          matches.add(new int[] {open, bare.length()});
        }
        open = -1;
      } else {
        bare.append(c);
      }
    }
    if (!bare.toString().equals(folded.text())) {
      return List.of();
    }
    for (int[] match : matches) {
      match[1] = folded.endOf(match[1] - 1);
      match[0] = folded.startOf(match[0]);
    }
    return matches;
  }

  /** The beginning of a word near the place, but not past the limit. */
  private static int word(String text, int at, int limit) {
    for (int i = at; at > 0 && i < Math.min(limit, at + WORD); i++) {
      if (Character.isWhitespace(text.charAt(i))) {
        return i + 1;
      }
    }
    return at;
  }

  /** The place, moved back until it parts no letter, emoji or surrogate pair. */
  private static int whole(String text, int at) {
    int place = at;
    while (place > 0
        && place < text.length()
        && (Character.isLowSurrogate(text.charAt(place))
            || FoldedText.isMark(text.codePointAt(place))
            || text.charAt(place) == ZERO_WIDTH_JOINER
            || text.charAt(place - 1) == ZERO_WIDTH_JOINER)) {
      place--;
    }
    return place;
  }

  /** Line breaks and tabs as blanks, one for one, so that offsets stay. */
  private static String oneLine(String text) {
    return text.replace('\n', ' ').replace('\r', ' ').replace('\t', ' ');
  }
}
