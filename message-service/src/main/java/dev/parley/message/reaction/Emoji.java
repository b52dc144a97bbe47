package dev.parley.message.reaction;

import dev.parley.chassis.problem.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Emoji by Unicode's own list of those recommended for general interchange (UTS #51, RGI):
 * sequences with joiners, flags, keycaps and skin tones are one each. With and without variation
 * selectors they are the same, and kept in their fully qualified form.
 */
final class Emoji {
  private static final String LIST = "/emoji/emoji-17.0.txt";
  private static final String SELECTOR = "\uFE0F";

  private Emoji() {}

  /** Loaded with the first reaction. */
  private static final class Known {
    static final Map<String, String> BY_BARE = read();

    private static Map<String, String> read() {
      try (InputStream list = Emoji.class.getResourceAsStream(LIST)) {
        return new String(list.readAllBytes(), StandardCharsets.UTF_8)
            .lines()
            .filter(line -> !line.startsWith("# "))
            .flatMap(line -> Stream.of(line.split(" ")))
            .collect(Collectors.toUnmodifiableMap(Emoji::bare, Function.identity()));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /**
   * The emoji as it is kept.
   *
   * @throws Problem 400 naming {@code emoji} when it is none, or more than one
   */
  static String of(String text) {
    String known = Known.BY_BARE.get(bare(text));
    if (known == null) {
      throw Problem.invalid("emoji", "is not one emoji");
    }
    return known;
  }

  private static String bare(String text) {
    return text.replace(SELECTOR, "");
  }
}
