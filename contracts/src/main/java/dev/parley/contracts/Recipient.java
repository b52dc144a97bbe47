package dev.parley.contracts;

/**
 * Somebody to whom a record belongs ({@link Envelope#to()}).
 *
 * @param kind {@code user} or {@code client}
 */
public record Recipient(String kind, String id) {
  /** A user. */
  public static Recipient user(String id) {
    return new Recipient("user", id);
  }

  /** A client. */
  public static Recipient client(String id) {
    return new Recipient("client", id);
  }
}
