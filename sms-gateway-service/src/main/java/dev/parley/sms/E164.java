package dev.parley.sms;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import java.util.Optional;
import java.util.regex.Pattern;

/** Telephone numbers in international form, {@code +15551230100}. */
public final class E164 {
  private static final Pattern FORM = Pattern.compile("\\+[1-9][0-9]{6,14}");
  private static final PhoneNumberUtil UTIL = PhoneNumberUtil.getInstance();

  private E164() {}

  /**
   * The number, if the text is one in exactly this form and its country has numbers of that length.
   * Whether it is in use is not asked: numbering plans change faster than libraries.
   */
  public static Optional<String> of(String text) {
    if (text == null || !FORM.matcher(text).matches()) {
      return Optional.empty();
    }
    try {
      PhoneNumber number = UTIL.parse(text, null);
      boolean exact = UTIL.format(number, PhoneNumberFormat.E164).equals(text);
      return exact && UTIL.isPossibleNumber(number) ? Optional.of(text) : Optional.empty();
    } catch (NumberParseException e) {
      return Optional.empty();
    }
  }
}
