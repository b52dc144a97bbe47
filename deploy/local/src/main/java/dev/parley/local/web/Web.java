package dev.parley.local.web;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves one function from request to reply on the loopback interface, on a few threads. A function
 * that returns null hangs up without an answer, as a carrier in trouble does.
 */
public final class Web implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Web.class);
  private static final int THREADS = 16;

  static {
    // Else each small answer waits for the client's delayed acknowledgement: 40 ms.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private final HttpServer server;
  private final ExecutorService threads;

  private Web(HttpServer server, ExecutorService threads) {
    this.server = server;
    this.threads = threads;
  }

  public static Web serve(int port, Function<Request, Reply> function) throws IOException {
    return serve(InetAddress.getLoopbackAddress(), port, function);
  }

  public static Web serve(InetAddress address, int port, Function<Request, Reply> function)
      throws IOException {
    HttpServer server = HttpServer.create(new InetSocketAddress(address, port), 1024);
    ExecutorService threads =
        Executors.newFixedThreadPool(
            THREADS,
            work -> {
              Thread thread = new Thread(work, "web-" + port);
              thread.setDaemon(true);
              return thread;
            });
    server.setExecutor(threads);
    server.createContext("/", exchange -> answer(exchange, function));
    server.start();
    return new Web(server, threads);
  }

  public int port() {
    return server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private static void answer(HttpExchange exchange, Function<Request, Reply> function)
      throws IOException {
    try (exchange) {
      Reply reply = reply(exchange, function);
      if (reply == null) {
        return; // closes the connection
      }
      reply.headers().forEach(exchange.getResponseHeaders()::set);
      boolean empty = reply.body().length == 0;
      exchange.sendResponseHeaders(reply.status(), empty ? -1 : reply.body().length);
      if (!empty) {
        exchange.getResponseBody().write(reply.body());
      }
    }
  }

  private static Reply reply(HttpExchange exchange, Function<Request, Reply> function)
      throws IOException {
    String query = exchange.getRequestURI().getRawQuery();
    Request request =
        new Request(
            exchange.getRequestMethod(),
            exchange.getRequestURI().getPath(),
            query == null ? "" : query,
            exchange.getRequestHeaders(),
            exchange.getRequestBody().readAllBytes());
    try {
      return function.apply(request);
    } catch (RuntimeException e) {
      LOG.warn("{} {} failed", request.method(), request.path(), e);
      return Reply.json(500, Map.of("error", "failed, see the log"));
    }
  }
}
