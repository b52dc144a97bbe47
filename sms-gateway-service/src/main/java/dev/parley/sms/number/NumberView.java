package dev.parley.sms.number;

import dev.parley.sms.OwnNumber;

/** A number as administrators see it. */
record NumberView(String e164, String carrier, String label, boolean smsEnabled, String userId) {
  static NumberView of(OwnNumber number) {
    return new NumberView(
        number.e164(), number.carrier(), number.label(), number.smsEnabled(), number.userId());
  }
}
