package dev.parley.conversation.copy;

/**
 * One of our numbers as far as conversations need it.
 *
 * @param userId who holds it; null where nobody does
 */
public record NumberCopy(String e164, boolean smsEnabled, String userId) {

  /** Without the number: fit for logs. */
  @Override
  public String toString() {
    return "NumberCopy[smsEnabled=" + smsEnabled + "]";
  }
}
