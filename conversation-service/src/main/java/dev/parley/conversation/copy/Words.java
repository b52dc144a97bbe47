package dev.parley.conversation.copy;

import dev.parley.contracts.event.CrmRecord;
import java.text.Normalizer;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** What a record is found by: prefixes of these texts, without case and accents. */
public final class Words {
  private static final Pattern MARKS = Pattern.compile("\\p{M}+");
  private static final Pattern SPACES = Pattern.compile("\\s+");
  private static final int LONGEST = 200;

  private Words() {}

  /** The name from each of its words on, and the e-mail address. */
  static List<String> of(CrmRecord record) {
    Set<String> words = new LinkedHashSet<>();
    String name = fold(name(record));
    for (int at = 0; at >= 0 && at < name.length(); at = next(name, at)) {
      words.add(cut(name.substring(at)));
    }
    String email = fold(record.email());
    if (!email.isEmpty()) {
      words.add(cut(email));
    }
    return List.copyOf(words);
  }

  /** The name, or the title of a record of another type. */
  static String name(CrmRecord record) {
    return record.name() == null ? record.title() : record.name();
  }

  /** Lower case, no accents, single spaces. */
  public static String fold(String text) {
    if (text == null) {
      return "";
    }
    String bare = MARKS.matcher(Normalizer.normalize(text, Normalizer.Form.NFKD)).replaceAll("");
    return SPACES.matcher(bare.toLowerCase(Locale.ROOT)).replaceAll(" ").strip();
  }

  private static int next(String name, int at) {
    int space = name.indexOf(' ', at);
    return space < 0 ? -1 : space + 1;
  }

  private static String cut(String word) {
    return word.length() <= LONGEST ? word : word.substring(0, LONGEST);
  }
}
