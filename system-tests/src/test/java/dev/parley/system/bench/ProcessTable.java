package dev.parley.system.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * CPU and memory as Linux keeps them in {@code /proc}: the stack's processes with all that descend
 * from them, this one, and the whole machine.
 *
 * <p>A process's time includes that of children it has reaped, so a tree loses nothing when one of
 * its processes ends, except when a root does.
 */
final class ProcessTable {
  private static final double TICKS = ticks();

  private final Map<Integer, String> roots;

  ProcessTable(Map<Integer, String> roots) {
    this.roots = Map.copyOf(roots);
  }

  /**
   * CPU seconds up to now.
   *
   * @param stack by name of process; PostgreSQL's own apart from who started it
   * @param self this JVM's
   * @param busy the machine's, whoever used them
   * @param stolen what the host took
   */
  record Shot(long nanos, Map<String, Double> stack, double self, double busy, double stolen) {
    double total() {
      return stack.values().stream().mapToDouble(Double::doubleValue).sum();
    }

    /** What has been used since the other shot, by name. */
    Map<String, Double> since(Shot before) {
      Map<String, Double> used = new TreeMap<>();
      stack.forEach((name, now) -> used.put(name, now - before.stack.getOrDefault(name, 0.0)));
      return used;
    }
  }

  private record Stat(int pid, int parent, String command, double seconds) {}

  Shot shot() {
    Map<Integer, Stat> all = new HashMap<>();
    for (String pid : Path.of("/proc").toFile().list()) {
      Stat stat = Character.isDigit(pid.charAt(0)) ? stat(pid) : null;
      if (stat != null) {
        all.put(stat.pid(), stat);
      }
    }
    Map<String, Double> stack = new TreeMap<>();
    named(all).forEach((pid, name) -> stack.merge(name, all.get(pid).seconds(), Double::sum));
    double[] machine = machine();
    Stat self = stat("self");
    return new Shot(System.nanoTime(), stack, self.seconds(), machine[0], machine[1]);
  }

  /** Proportional set size in MB: shared pages counted once. */
  long memory() {
    Map<Integer, Stat> all = new HashMap<>();
    for (String pid : Path.of("/proc").toFile().list()) {
      Stat stat = Character.isDigit(pid.charAt(0)) ? stat(pid) : null;
      if (stat != null) {
        all.put(stat.pid(), stat);
      }
    }
    long kilobytes = 0;
    for (int pid : named(all).keySet()) {
      kilobytes +=
          read("/proc/" + pid + "/smaps_rollup")
              .lines()
              .filter(line -> line.startsWith("Pss:"))
              .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
              .sum();
    }
    return kilobytes / 1024;
  }

  /** The roots and their descendants, each with the name that it counts under. */
  private Map<Integer, String> named(Map<Integer, Stat> all) {
    Map<Integer, List<Integer>> children = new HashMap<>();
    all.values()
        .forEach(
            stat ->
                children
                    .computeIfAbsent(stat.parent(), parent -> new ArrayList<>())
                    .add(stat.pid()));
    Map<Integer, String> names = new HashMap<>();
    Deque<Integer> next = new ArrayDeque<>(roots.keySet());
    next.removeIf(pid -> !all.containsKey(pid));
    next.forEach(pid -> names.put(pid, name(all.get(pid), roots.get(pid))));
    while (!next.isEmpty()) {
      int parent = next.pop();
      for (int pid : children.getOrDefault(parent, List.of())) {
        if (!roots.containsKey(pid)) {
          names.put(pid, name(all.get(pid), names.get(parent)));
          next.add(pid);
        }
      }
    }
    return names;
  }

  private static String name(Stat stat, String inherited) {
    return stat.command().startsWith("postgres") ? "postgres" : inherited;
  }

  private static Stat stat(String pid) {
    String text = read("/proc/" + pid + "/stat");
    int end = text.lastIndexOf(')');
    if (end < 0) {
      return null;
    }
    String[] fields = text.substring(end + 2).split(" ");
    long ticks = 0;
    for (int field = 11; field <= 14; field++) { // utime, stime, cutime, cstime
      ticks += Long.parseLong(fields[field]);
    }
    return new Stat(
        Integer.parseInt(text.substring(0, text.indexOf(' '))),
        Integer.parseInt(fields[1]),
        text.substring(text.indexOf('(') + 1, end),
        ticks / TICKS);
  }

  /** The machine's busy and stolen seconds. */
  private static double[] machine() {
    String[] fields = read("/proc/stat").lines().findFirst().orElseThrow().trim().split("\\s+");
    long sum = 0;
    for (int field = 1; field <= 8; field++) {
      sum += Long.parseLong(fields[field]);
    }
    long idle = Long.parseLong(fields[4]) + Long.parseLong(fields[5]);
    long stolen = Long.parseLong(fields[8]);
    return new double[] {(sum - idle - stolen) / TICKS, stolen / TICKS};
  }

  private static String read(String file) {
    try {
      return Files.readString(Path.of(file), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      return ""; // it has ended in the meantime
    }
  }

  private static double ticks() {
    try {
      Process process = new ProcessBuilder("getconf", "CLK_TCK").start();
      return Double.parseDouble(
          new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).trim());
    } catch (IOException | NumberFormatException e) {
      return 100;
    }
  }
}
