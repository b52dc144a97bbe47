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
      if (to.get(i).id().equals(id) && to.get(i).kind().equals(kind)) {
        return i;
      }
    }
    return -1;
  }

  /** Some bytes of a frame: from the one up to before the other. */
  public record Part(int from, int to) {}
}
