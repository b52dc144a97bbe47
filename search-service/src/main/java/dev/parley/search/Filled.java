package dev.parley.search;

/**
 * How far the documents of an index have what is written of messages today.
 *
 * @param upTo the number of the last addition that all of them have
 * @param after the last document, by id, that was looked at for the next one
 */
public record Filled(int upTo, String after) {
  /** All that there is: 1 is {@code has=link}. */
  public static final Filled WHOLE = new Filled(1, "");

  /** Whether nothing is left to be done. */
  public boolean isWhole() {
    return upTo >= WHOLE.upTo;
  }
}
