package dev.parley.presence;

import dev.parley.contracts.Recipient;
import java.util.List;

/**
 * The people to whom a record belongs.
 *
 * @param own for each of them where in the frame their own part of {@code data} stands; null where
 *     everybody gets the whole
 */
public record Audience(List<Recipient> to, List<Part> own) {
  /** The person's place among them; -1 when it is not theirs. */
  public int indexOf(String kind, String id) {
    for (int i = 0; i < to.size(); i++) {
      Recipient one = to.get(i);
      if (one.kind().equals(kind) && (one.id().equals(id) || one.equals(Recipient.EVERY_USER))) {
        return i;
      }
    }
    return -1;
  }

  /** Whether it is for every user of the tenant. */
  public boolean isEveryUser() {
    return to.size() == 1 && to.get(0).equals(Recipient.EVERY_USER);
  }

  /**
   * An object among the bytes of a frame.
   *
   * @param from its brace
   * @param to behind its other brace
   * @param rest where its fields but {@code kind} and {@code id} begin, if these are its first;
   *     else -1
   */
  public record Part(int from, int to, int rest) {
    Part shifted(int by) {
      return new Part(from + by, to + by, rest < 0 ? -1 : rest + by);
    }
  }
}
