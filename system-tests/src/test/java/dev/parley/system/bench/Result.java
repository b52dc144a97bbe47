package dev.parley.system.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.contracts.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.HdrHistogram.Histogram;

/**
 * One run's figures, or the medians of several runs'.
 *
 * @param counts messages and deliveries
 * @param figures everything else, by name
 * @param cpu CPU seconds of the window by process
 * @param stages p50 and p99 in milliseconds by stage, named {@code <stage> p50}
 */
record Result(
    Case of,
    Map<String, Long> counts,
    Map<String, Double> figures,
    Map<String, Double> cpu,
    Map<String, Double> stages) {

  private static final double DISTURBED_PERCENT = 5;

  static Result of(
      Case of,
      Ledger ledger,
      ProcessTable.Shot from,
      ProcessTable.Shot to,
      double tail,
      long memory,
      Map<String, Double> stages) {
    double seconds = (to.nanos() - from.nanos()) / 1e9;
    double capacity = seconds * Runtime.getRuntime().availableProcessors();
    Ledger.Tally tally = ledger.tally();
    Map<String, Long> counts = new LinkedHashMap<>();
    counts.put("offered", tally.offered);
    counts.put("acked", tally.acked);
    counts.put("delivered", tally.delivered);
    counts.put("missing", tally.missing);
    counts.put("duplicates", tally.duplicates);
    counts.put("refused", tally.refused);
    counts.put("failed", tally.failed);

    Map<String, Double> cpu = to.since(from);
    double server = to.total() - from.total();
    double search = cpu.getOrDefault("elasticsearch", 0.0);
    double own = to.self() - from.self();
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put("ackP50", at(ledger.acks, 50));
    figures.put("ackP99", at(ledger.acks, 99));
    figures.put("p50", at(ledger.deliveries, 50));
    figures.put("p99", at(ledger.deliveries, 99));
    figures.put("p999", at(ledger.deliveries, 99.9));
    figures.put("deliveriesPerSecond", ledger.inWindow() / seconds);
    figures.put("cpuPer1000Deliveries", 1000 * server / ledger.inWindow());
    figures.put("cpuPer1000WithoutSearch", 1000 * (server - search) / ledger.inWindow());
    figures.put("cpuMsPerMessage", 1000 * server / tally.offered);
    figures.put("serverCpuPercent", 100 * server / capacity);
    figures.put("generatorCpuPercent", 100 * own / capacity);
    figures.put("foreignPercent", 100 * (to.busy() - from.busy() - server - own) / capacity);
    figures.put("stealPercent", 100 * (to.stolen() - from.stolen()) / capacity);
    figures.put("tailCpuSeconds", tail);
    figures.put("lagP50", at(ledger.lag, 50));
    figures.put("lagP99", at(ledger.lag, 99));
    figures.put("memoryMb", (double) memory);
    return new Result(of, counts, figures, cpu, stages);
  }

  /** Whether others used so much of the machine that the run says little. */
  boolean disturbed() {
    return figures.get("foreignPercent") > DISTURBED_PERCENT
        || figures.get("stealPercent") > DISTURBED_PERCENT;
  }

  /** The median of each figure over runs of one case; counts are sums. */
  static Result median(List<Result> runs) {
    Result any = runs.get(0);
    Map<String, Long> counts = new LinkedHashMap<>();
    for (String name : any.counts.keySet()) {
      counts.put(name, runs.stream().mapToLong(run -> run.counts.get(name)).sum());
    }
    return new Result(
        any.of,
        counts,
        medians(runs, any.figures, run -> run.figures),
        medians(runs, any.cpu, run -> run.cpu),
        medians(runs, any.stages, run -> run.stages));
  }

  /** CPU milliseconds for each message, by process. */
  Map<String, Double> cpuMsPerMessage(int runs) {
    Map<String, Double> each = new LinkedHashMap<>();
    double messages = (double) counts.get("offered") / runs;
    cpu.forEach((name, seconds) -> each.put(name, 1000 * seconds / messages));
    return each;
  }

  String json() {
    ObjectNode json = Json.mapper().createObjectNode();
    json.put("case", of.toString());
    json.put("disturbed", disturbed());
    counts.forEach(json::put);
    figures.forEach((name, value) -> json.put(name, rounded(value)));
    ObjectNode by = json.putObject("cpuSeconds");
    cpu.forEach((name, value) -> by.put(name, rounded(value)));
    ObjectNode stage = json.putObject("stagesMs");
    stages.forEach((name, value) -> stage.put(name, rounded(value)));
    return Json.text(json);
  }

  private static Map<String, Double> medians(
      List<Result> runs, Map<String, Double> names, Function<Result, Map<String, Double>> of) {
    Map<String, Double> result = new LinkedHashMap<>();
    for (String name : names.keySet()) {
      ToDoubleFunction<Result> value = run -> of.apply(run).getOrDefault(name, 0.0);
      double[] sorted = runs.stream().mapToDouble(value).sorted().toArray();
      int half = sorted.length / 2;
      result.put(
          name, sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2);
    }
    return result;
  }

  private static double at(Histogram micros, double percentile) {
    return micros.getValueAtPercentile(percentile) / 1000.0;
  }

  private static double rounded(double value) {
    return Math.round(value * 1000) / 1000.0;
  }
}
