package dev.parley.sms;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where texts come from: a telephone number, a short code ({@code 72975}) or the name that a
 * business sends under ({@code MyBank}). Only a telephone number can be answered.
 */
public final class OutsideNumber {
  private static final Pattern CODE_OR_NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9 &._+-]{0,14}");

  private OutsideNumber() {}

  /** The sender, exactly as the carrier names it, if the text can be one. */
  public static Optional<String> of(String text) {
    return text != null && CODE_OR_NAME.matcher(text).matches() ? Optional.of(text) : E164.of(text);
  }

  /** Whether a text to it may be tried. */
  public static boolean isAnswerable(String sender) {
    return sender.startsWith("+");
  }
}
