package dev.parley.system.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;

/**
 * All runs: each at once as a line of {@code target/bench/runs.jsonl}, at the end their medians as
 * tables for docs/benchmarks.md in {@code target/bench/results.md}.
 */
final class Report {
  private final Path folder;
  private final Map<Case, List<Result>> runs = new LinkedHashMap<>();

  Report(Path folder) {
    this.folder = folder;
    try {
      Files.createDirectories(folder);
      Files.deleteIfExists(folder.resolve("runs.jsonl"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void add(Result run) {
    runs.computeIfAbsent(run.of(), name -> new ArrayList<>()).add(run);
    write("runs.jsonl", run.json() + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    System.out.println(run.json());
  }

  List<Result> medians() {
    return runs.values().stream().map(Result::median).toList();
  }

  /** The tables. */
  String markdown() {
    List<Result> medians = medians();
    StringBuilder text = new StringBuilder();
    text.append(
        "| case | offered | acked | delivered | missing | twice | refused | ack p50 / p99 ms |"
            + " delivered p50 / p99 / p99.9 ms | deliveries/s | CPU s per 1,000 deliveries (without"
            + " search) | CPU ms a message | generator % | foreign / steal % | MB |\n");
    text.append("|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|\n");
    for (Result row : medians) {
      Map<String, Long> counts = row.counts();
      Map<String, Double> f = row.figures();
      text.append(
          String.format(
              Locale.ROOT,
              "| %s%s | %,d | %,d | %,d | %,d | %,d | %,d | %.1f / %.1f | %.1f / %.1f / %.1f | %,.0f"
                  + " | %.3f (%.3f) | %.2f | %.0f | %.1f / %.1f | %,.0f |%n",
              row.of(),
              row.disturbed() ? " (disturbed)" : "",
              counts.get("offered"),
              counts.get("acked"),
              counts.get("delivered"),
              counts.get("missing"),
              counts.get("duplicates"),
              counts.get("refused") + counts.get("failed"),
              f.get("ackP50"),
              f.get("ackP99"),
              f.get("p50"),
              f.get("p99"),
              f.get("p999"),
              f.get("deliveriesPerSecond"),
              f.get("cpuPer1000Deliveries"),
              f.get("cpuPer1000WithoutSearch"),
              f.get("cpuMsPerMessage"),
              f.get("generatorCpuPercent"),
              f.get("foreignPercent"),
              f.get("stealPercent"),
              f.get("memoryMb")));
    }
    text.append("\nCPU milliseconds for each message, by process:\n\n");
    Map<Case, Map<String, Double>> cpu = new LinkedHashMap<>();
    Map<Case, Map<String, Double>> stages = new LinkedHashMap<>();
    for (Result row : medians) {
      cpu.put(row.of(), row.cpuMsPerMessage(runs.get(row.of()).size()));
      stages.put(row.of(), row.stages());
    }
    table(text, "process", cpu, "%.3f");
    text.append("\nStages at the edge, milliseconds:\n\n");
    table(text, "stage", stages, "%.1f");
    write("results.md", text.toString());
    return text.toString();
  }

  private static void table(
      StringBuilder text, String first, Map<Case, Map<String, Double>> columns, String format) {
    TreeSet<String> names = new TreeSet<>();
    columns.values().forEach(column -> names.addAll(column.keySet()));
    names.removeIf(name -> columns.values().stream().allMatch(c -> c.getOrDefault(name, 0.0) == 0));
    text.append("| ").append(first);
    columns.keySet().forEach(name -> text.append(" | ").append(name));
    text.append(" |\n|---").append("|---".repeat(columns.size())).append("|\n");
    for (String name : names) {
      text.append("| ").append(name);
      for (Map<String, Double> column : columns.values()) {
        text.append(" | ");
        if (column.containsKey(name)) {
          text.append(String.format(Locale.ROOT, format, column.get(name)));
        }
      }
      text.append(" |\n");
    }
  }

  private void write(String file, String text, StandardOpenOption... options) {
    try {
      Files.writeString(folder.resolve(file), text, options);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
