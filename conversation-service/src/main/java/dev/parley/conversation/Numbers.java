package dev.parley.conversation;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import dev.parley.chassis.problem.Problem;

/** Phone numbers, in international form only: nobody's country is guessed. */
public final class Numbers {
  private static final PhoneNumberUtil UTIL = PhoneNumberUtil.getInstance();

  private Numbers() {}

  /** The number in E.164, or null when the text is none. */
  public static String e164(String text) {
    try {
      PhoneNumber number = UTIL.parse(text, null);
      return UTIL.isPossibleNumber(number) ? UTIL.format(number, PhoneNumberFormat.E164) : null;
    } catch (NumberParseException e) {
      return null;
    }
  }

  /**
   * The number in E.164.
   *
   * @throws Problem 400 naming the field when the text is none
   */
  public static String require(String field, String text) {
    String number = text == null ? null : e164(text);
    if (number == null) {
      throw Problem.invalid(field, "must be a phone number in international form");
    }
    return number;
  }
}
