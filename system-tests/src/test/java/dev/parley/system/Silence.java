package dev.parley.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;

/**
 * How long after a right has ended something of it was still to be had, by where it was asked.
 *
 * <p>What is measured lies between the answer to the change and the last call that still gave
 * something, so it is at most one round of calls too short. Whether the second of product.md §3 is
 * kept is read from what {@link #report} prints on a machine that does nothing else; a test asserts
 * no more than what a machine beside a build keeps.
 */
final class Silence {
  /** Silent so often in turn, whichever node was asked, and it stays so. */
  private static final int SURE = 8;

  private final Map<String, List<Long>> lasted = new TreeMap<>();

  /**
   * Waits until all are silent.
   *
   * @param since when the change was answered
   */
  void await(long since, Duration limit, Map<String, BooleanSupplier> places) {
    Map<String, Long> last = new HashMap<>();
    places.keySet().forEach(place -> last.put(place, since));
    for (int silent = 0; silent < SURE; silent++) {
      for (Map.Entry<String, BooleanSupplier> place : places.entrySet()) {
        if (!place.getValue().getAsBoolean()) {
          long now = System.nanoTime();
          last.put(place.getKey(), now);
          silent = -1;
          assertThat(Duration.ofNanos(now - since)).as(place.getKey()).isLessThan(limit);
        }
      }
    }
    last.forEach(
        (place, at) ->
            lasted.computeIfAbsent(place, key -> new ArrayList<>()).add((at - since) / 1_000_000));
  }

  /** Prints it all, in milliseconds. */
  void report(String what) {
    lasted.forEach(
        (place, all) -> {
          List<Long> sorted = all.stream().sorted().toList();
          System.out.printf(
              "%s, still had from %s: p50 %d ms, longest %d ms, of %d%n",
              what,
              place,
              sorted.get(sorted.size() / 2),
              sorted.get(sorted.size() - 1),
              sorted.size());
        });
  }
}
