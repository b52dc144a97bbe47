package dev.parley.sms;

/**
 * How a text is cut for the air: GSM-7 (3GPP TS 23.038) where every character is in its alphabet,
 * UCS-2 otherwise. One segment holds 160 septets or 70 UTF-16 units, each of several 153 or 67. A
 * character that takes two (the extension table, a surrogate pair) is never cut in half.
 *
 * @param encoding {@code GSM-7} or {@code UCS-2}
 * @param characters as a person counts them: code points
 */
public record Segments(String encoding, int segments, int characters) {
  private static final String BASIC =
      "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡"
          + "ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
  private static final String EXTENSION = "\f^{}\\[~]|€";
  private static final byte[] SEPTETS = new byte[0x2100];

  static {
    BASIC.chars().forEach(c -> SEPTETS[c] = 1);
    EXTENSION.chars().forEach(c -> SEPTETS[c] = 2);
  }

  /** The segments of a text; none of an empty one. */
  public static Segments of(String text) {
    int characters = text.codePointCount(0, text.length());
    boolean gsm = text.chars().allMatch(c -> septets(c) > 0);
    int count = gsm ? count(text, 160, 153, true) : count(text, 70, 67, false);
    return new Segments(gsm ? "GSM-7" : "UCS-2", count, characters);
  }

  private static int count(String text, int alone, int each, boolean gsm) {
    int total = 0;
    int segments = 1;
    int used = 0;
    for (int i = 0; i < text.length(); ) {
      int character = text.codePointAt(i);
      int units = gsm ? septets(character) : Character.charCount(character);
      total += units;
      if (used + units > each) {
        segments++;
        used = 0;
      }
      used += units;
      i += Character.charCount(character);
    }
    if (total == 0) {
      return 0;
    }
    return total <= alone ? 1 : segments;
  }

  private static int septets(int character) {
    return character < SEPTETS.length ? SEPTETS[character] : 0;
  }
}
