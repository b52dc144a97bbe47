package dev.parley.system.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;

/** One meter of a service's node, as Prometheus reads it. */
final class Meter {
  private final HttpClient http = HttpClient.newHttpClient();
  private final URI metrics;
  private final String name;

  Meter(int managementPort, String name) {
    this.metrics = URI.create("http://localhost:" + managementPort + "/q/metrics");
    this.name = name;
  }

  double read() {
    try {
      return http.send(HttpRequest.newBuilder(metrics).build(), BodyHandlers.ofString())
          .body()
          .lines()
          .filter(line -> line.startsWith(name + " ") || line.startsWith(name + "{"))
          .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
          .sum();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
