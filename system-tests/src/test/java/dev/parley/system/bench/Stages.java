package dev.parley.system.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What each stage of a message's way took, as the edge has measured it: the histograms that it
 * offers to Prometheus, read before and after. Empty where the edge offers none.
 */
final class Stages {
  private static final Pattern BUCKET =
      Pattern.compile("parley_edge_stage_seconds_bucket\\{([^}]*)\\} ([0-9.eE+]+)");
  private static final Pattern STAGE = Pattern.compile("stage=\"([^\"]+)\"");
  private static final Pattern UPPER = Pattern.compile("le=\"([^\"]+)\"");

  private final HttpClient http = HttpClient.newHttpClient();
  private final URI metrics;

  Stages(URI metrics) {
    this.metrics = metrics;
  }

  /** Counts up to each upper bound in seconds, by stage. */
  Map<String, NavigableMap<Double, Double>> read() {
    Map<String, NavigableMap<Double, Double>> stages = new LinkedHashMap<>();
    for (String line : text().split("\n")) {
      Matcher bucket = BUCKET.matcher(line);
      if (bucket.lookingAt()) {
        Matcher stage = STAGE.matcher(bucket.group(1));
        Matcher upper = UPPER.matcher(bucket.group(1));
        if (stage.find() && upper.find()) {
          double bound =
              upper.group(1).equals("+Inf")
                  ? Double.POSITIVE_INFINITY
                  : Double.parseDouble(upper.group(1));
          stages
              .computeIfAbsent(stage.group(1), name -> new TreeMap<>())
              .merge(bound, Double.parseDouble(bucket.group(2)), Double::sum);
        }
      }
    }
    return stages;
  }

  /** A quantile in milliseconds of what came between two readings, by stage. */
  static Map<String, Double> quantile(
      Map<String, NavigableMap<Double, Double>> before,
      Map<String, NavigableMap<Double, Double>> after,
      double quantile) {
    Map<String, Double> result = new LinkedHashMap<>();
    after.forEach(
        (stage, buckets) -> {
          NavigableMap<Double, Double> earlier = before.getOrDefault(stage, new TreeMap<>());
          NavigableMap<Double, Double> counts = new TreeMap<>();
          buckets.forEach((le, n) -> counts.put(le, n - earlier.getOrDefault(le, 0.0)));
          double rank = quantile * counts.lastEntry().getValue();
          double lower = 0;
          double below = 0;
          for (Map.Entry<Double, Double> bucket : counts.entrySet()) {
            if (bucket.getValue() > 0 && bucket.getValue() >= rank) {
              double upper = Double.isInfinite(bucket.getKey()) ? lower : bucket.getKey();
              double share = (rank - below) / Math.max(1, bucket.getValue() - below);
              result.put(stage, 1000 * (lower + share * (upper - lower)));
              break;
            }
            lower = bucket.getKey();
            below = bucket.getValue();
          }
        });
    return result;
  }

  private String text() {
    try {
      HttpRequest request =
          HttpRequest.newBuilder(metrics)
              .timeout(Duration.ofSeconds(5))
              .header("Accept", "text/plain")
              .build();
      return http.send(request, BodyHandlers.ofString()).body();
    } catch (IOException e) {
      return "";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "";
    }
  }
}
