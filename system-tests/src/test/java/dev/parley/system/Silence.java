package dev.parley.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * How long after a right has ended something of it was still to be had, by where it was asked: no
 * longer than the second of product.md §3.
 *
 * <p>What is measured lies between the answer to the change and the last call that still gave
 * something, so it is at most one round of calls too short.
 */
final class Silence {
  private static final Duration PROMISED = Duration.ofSeconds(1);

  /** Longer than this is no pause of the machine. */
  private static final Duration AT_MOST = Duration.ofSeconds(10);

  /** Silent so often in turn, whichever node was asked, and it stays so. */
  private static final int SURE = 8;

  private final Map<String, List<Duration>> lasted = new TreeMap<>();

  /**
   * Somebody loses a right within the second. Where it took longer, somebody else loses it once
   * more: one pause of the machine is not the rule's failure, two are.
   *
   * @param loses what {@link #await} gave
   */
  void kept(Supplier<Map<String, Duration>> loses) {
    if (loses.get().values().stream().anyMatch(time -> time.compareTo(PROMISED) > 0)) {
      assertThat(loses.get())
          .as("the second time")
          .allSatisfy((place, time) -> assertThat(time).as(place).isLessThanOrEqualTo(PROMISED));
    }
  }

  /**
   * Waits until all are silent; gives how long each was not.
   *
   * @param since when the change was answered
   */
  Map<String, Duration> await(long since, Map<String, BooleanSupplier> places) {
    Map<String, Duration> last = new TreeMap<>();
    places.keySet().forEach(place -> last.put(place, Duration.ZERO));
    for (int silent = 0; silent < SURE; silent++) {
      for (Map.Entry<String, BooleanSupplier> place : places.entrySet()) {
        if (!place.getValue().getAsBoolean()) {
          Duration now = Duration.ofNanos(System.nanoTime() - since);
          last.put(place.getKey(), now);
          silent = -1;
          assertThat(now).as(place.getKey()).isLessThan(AT_MOST);
        }
      }
    }
    last.forEach(
        (place, time) -> lasted.computeIfAbsent(place, key -> new ArrayList<>()).add(time));
    return last;
  }

  /** Prints it all, in milliseconds. */
  void report(String what) {
    lasted.forEach(
        (place, all) -> {
          List<Long> sorted = all.stream().map(Duration::toMillis).sorted().toList();
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
