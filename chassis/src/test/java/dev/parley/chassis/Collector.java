package dev.parley.chassis;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.Span;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Where spans go: takes OTLP over HTTP, as any collector does, and keeps what came. */
public class Collector implements QuarkusTestResourceLifecycleManager {
  private static final Queue<Span> SPANS = new ConcurrentLinkedQueue<>();
  private HttpServer server;

  /** What came so far of a trace. */
  public static List<Span> spans(String traceId) {
    return SPANS.stream()
        .filter(span -> traceId.equals(HexFormat.of().formatHex(span.getTraceId().toByteArray())))
        .toList();
  }

  @Override
  public Map<String, String> start() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/v1/traces", Collector::take);
    server.start();
    return Map.of(
        "parley.traces.endpoint",
        "http://127.0.0.1:" + server.getAddress().getPort() + "/v1/traces",
        "parley.traces.delay",
        "200ms");
  }

  private static void take(HttpExchange exchange) throws IOException {
    try (exchange) {
      ExportTraceServiceRequest request =
          ExportTraceServiceRequest.parseFrom(exchange.getRequestBody());
      request
          .getResourceSpansList()
          .forEach(
              resource ->
                  resource
                      .getScopeSpansList()
                      .forEach(scope -> SPANS.addAll(scope.getSpansList())));
      exchange.sendResponseHeaders(200, -1);
    }
  }

  @Override
  public void stop() {
    server.stop(0);
  }
}
