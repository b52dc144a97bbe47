package dev.parley.system.bench;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * What to run; each a system property {@code bench.<name>}.
 *
 * @param cases the loads, run one after the other in each round
 * @param warmup seconds of load, all cases in turn, before anything is measured
 * @param settle seconds of the case's own load before each measured window
 * @param seconds length of a measured window
 * @param rounds how often all cases are run; the table has their medians
 * @param bytes size of a message body
 */
record Settings(
    Path root, List<Case> cases, int warmup, int settle, int seconds, int rounds, int bytes) {

  private static final String ALL =
      "50x10@200,1x100@50,50x10@400,1x100@150,1x100 closed,50x10 closed";

  static Settings read() {
    return new Settings(
        Path.of(System.getProperty("parley.root", "..")).toAbsolutePath().normalize(),
        Arrays.stream(System.getProperty("bench.cases", ALL).split(",")).map(Case::of).toList(),
        Integer.getInteger("bench.warmup", 60),
        Integer.getInteger("bench.settle", 10),
        Integer.getInteger("bench.seconds", 20),
        Integer.getInteger("bench.rounds", 3),
        Integer.getInteger("bench.bytes", 230));
  }

  int users() {
    return cases.stream().mapToInt(Case::users).max().orElse(0);
  }
}
