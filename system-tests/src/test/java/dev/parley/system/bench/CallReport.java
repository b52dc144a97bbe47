package dev.parley.system.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/** Runs of calls: printed one by one, at the end the medians of each as a table. */
final class CallReport {
  private final Path file;
  private final Map<String, List<Calls.Outcome>> runs = new LinkedHashMap<>();

  /**
   * Begins one.
   *
   * @param name the table goes to {@code target/bench/<name>.md}
   */
  CallReport(Settings settings, String name) {
    this.file = settings.root().resolve("system-tests/target/bench").resolve(name + ".md");
  }

  void add(String what, Calls.Outcome run) {
    runs.computeIfAbsent(what, key -> new ArrayList<>()).add(run);
    System.out.printf(
        Locale.ROOT,
        "%s: %d calls in %.1f s, p50 %.1f ms, p99 %.1f ms, CPU %.2f ms each, answers %s,"
            + " foreign %.1f %%%n",
        what,
        run.count(),
        run.seconds(),
        run.ms(50),
        run.ms(99),
        run.cpuMs(),
        run.statuses(),
        run.foreignPercent());
  }

  /** How often each status was answered, over all. */
  Map<Integer, Integer> statuses() {
    Map<Integer, Integer> all = new TreeMap<>();
    runs.values()
        .forEach(
            some ->
                some.forEach(
                    run -> run.statuses().forEach((s, n) -> all.merge(s, n, Integer::sum))));
    return all;
  }

  /** The table of medians, which is written too. */
  String markdown() {
    StringBuilder text =
        new StringBuilder(
            "| calls | a run | a second | runs | p50 ms | p99 ms | longest ms | CPU ms each | of"
                + " that | foreign % |\n"
                + "|---|---|---|---|---|---|---|---|---|---|\n");
    runs.forEach(
        (what, some) ->
            text.append(
                String.format(
                    Locale.ROOT,
                    "| %s | %,d | %,.0f | %d | %.1f | %.1f | %.1f | %.2f | %s | %.1f |%n",
                    what,
                    some.get(0).count(),
                    median(some, run -> run.count() / run.seconds()),
                    some.size(),
                    median(some, run -> run.ms(50)),
                    median(some, run -> run.ms(99)),
                    median(some, run -> run.ms(100)),
                    median(some, Calls.Outcome::cpuMs),
                    dearest(some),
                    median(some, Calls.Outcome::foreignPercent))));
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  /** The six processes that used most for a call. */
  private static String dearest(List<Calls.Outcome> some) {
    Map<String, Double> each = new LinkedHashMap<>();
    some.get(0)
        .cpu()
        .keySet()
        .forEach(
            name ->
                each.put(
                    name,
                    median(some, run -> 1000 * run.cpu().getOrDefault(name, 0.0) / run.count())));
    return each.entrySet().stream()
        .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
        .limit(6)
        .map(one -> String.format(Locale.ROOT, "%s %.2f", one.getKey(), one.getValue()))
        .reduce((a, b) -> a + ", " + b)
        .orElse("");
  }

  private static double median(List<Calls.Outcome> some, ToDoubleFunction<Calls.Outcome> value) {
    double[] sorted = some.stream().mapToDouble(value).sorted().toArray();
    int half = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  }
}
