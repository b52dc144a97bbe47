package dev.parley.sms;

/**
 * One of our numbers.
 *
 * @param carrier who carries its texts: {@code twilio}
 * @param smsEnabled whether texts may leave from it; what comes in is taken in any case
 * @param userId who holds it; absent where nobody does
 */
public record OwnNumber(
    String tenant, String e164, String carrier, String label, boolean smsEnabled, String userId) {

  /** Without the number: fit for logs. */
  @Override
  public String toString() {
    return "OwnNumber[tenant=" + tenant + ", carrier=" + carrier + "]";
  }
}
