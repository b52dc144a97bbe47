package dev.parley.contracts;

/**
 * Somebody to whom a record belongs ({@link Envelope#to()}).
 *
 * @param kind {@code user} or {@code client}
 */
public record Recipient(String kind, String id) {
  /** Every user of the record's tenant; nobody's own id, since no id is so. */
  public static final Recipient EVERY_USER = user("all");

  /** A user. */
  public static Recipient user(String id) {
    return new Recipient("user", id);
  }

  /** A client. */
  public static Recipient client(String id) {
    return new Recipient("client", id);
  }
}
