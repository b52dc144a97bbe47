package dev.parley.message;

import dev.parley.contracts.event.LinkPreview;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The links in a body: what stands for itself and what a text points to; not what is shown as code.
 */
public final class Links {
  /** How many are looked at: the first ones. */
  private static final int AT_MOST = 3;

  private static final int LONGEST = 2048;
  private static final Pattern CODE = Pattern.compile("(?s)```.*?(?:```|\\z)|`[^`\\n]+`");
  private static final Pattern LINK =
      Pattern.compile("(?i)(?<![\\p{Alnum}])https?://[^\\s<>\"`\\\\^{|}\\p{Cntrl}]+");
  private static final String NOT_AT_THE_END = ".,;:!?*_~'\u2026";

  private Links() {}

  /** The first ones, each once, as they are written. */
  public static List<String> in(String body) {
    Set<String> links = new LinkedHashSet<>();
    if (body.contains("://")) {
      Matcher found = LINK.matcher(CODE.matcher(body).replaceAll(" "));
      while (links.size() < AT_MOST && found.find()) {
        String link = ended(found.group());
        if (link.length() <= LONGEST) {
          links.add(link);
        }
      }
    }
    return List.copyOf(links);
  }

  /** Those previews whose links the body still has, or null when that is none. */
  public static List<LinkPreview> kept(List<LinkPreview> previews, String body) {
    if (previews == null) {
      return null;
    }
    List<String> links = in(body);
    List<LinkPreview> kept = new ArrayList<>(previews);
    kept.removeIf(preview -> !links.contains(preview.url()));
    return kept.isEmpty() ? null : kept;
  }

  /** Without what belongs to the sentence around it; brackets only as far as they are pairs. */
  private static String ended(String link) {
    int end = link.length();
    int open = 0;
    for (int i = 0; i < end; i++) {
      char c = link.charAt(i);
      open += c == '(' || c == '[' ? 1 : 0;
      if (c == ')' || c == ']') {
        open--;
        if (open < 0) {
          end = i;
        }
      }
    }
    while (end > 0 && NOT_AT_THE_END.indexOf(link.charAt(end - 1)) >= 0) {
      end--;
    }
    return link.substring(0, end);
  }
}
