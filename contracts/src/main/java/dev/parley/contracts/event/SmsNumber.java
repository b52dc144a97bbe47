package dev.parley.contracts.event;

/**
 * Data of {@code number.updated}: one of our numbers, whole; the higher {@code version} wins.
 *
 * @param e164 the number
 * @param carrier who carries its texts: {@code twilio}
 * @param smsEnabled whether texts may leave from it
 * @param userId who holds it; absent where nobody does
 */
public record SmsNumber(
    String e164, String carrier, String label, boolean smsEnabled, String userId, long version) {

  /** Without the number: fit for logs. */
  @Override
  public String toString() {
    return "SmsNumber[carrier=" + carrier + ", version=" + version + "]";
  }
}
