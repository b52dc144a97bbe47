package dev.parley.sms.copy;

import java.util.List;

/**
 * The outside numbers of one conversation, and between which places of its log each took part. They
 * are asked for a place, so a message that comes again goes to whom it went to before.
 */
public final class Outsiders {
  /** Of a conversation that has none. */
  public static final Outsiders NONE = new Outsiders(List.of());

  private final List<Stay> stays;

  Outsiders(List<Stay> stays) {
    this.stays = List.copyOf(stays);
  }

  /** Who takes part at that place, in the order they came. */
  public List<String> at(long rev) {
    return stays.stream()
        .filter(stay -> stay.from() < rev && rev < stay.until())
        .map(Stay::number)
        .distinct()
        .toList();
  }

  /** One membership, between two places. */
  record Stay(String number, long from, long until) {
    @Override
    public String toString() {
      return "Stay[from=" + from + ", until=" + until + "]";
    }
  }
}
