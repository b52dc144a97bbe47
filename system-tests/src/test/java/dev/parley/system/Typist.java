package dev.parley.system;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * Somebody who types all the time, as a process of its own that can be killed. It needs nothing but
 * the JDK and this class.
 */
final class Typist {
  private static final long EVERY_SECONDS = 3;

  private Typist() {}

  /**
   * Starts the process.
   *
   * @param address of the socket, with a ticket
   */
  static Process start(String address, String conversation) {
    try {
      Path classes =
          Path.of(Typist.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      return new ProcessBuilder(
              List.of(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-Xmx32m",
                  "-XX:TieredStopAtLevel=1",
                  "-XX:+UseSerialGC",
                  "-cp",
                  classes.toString(),
                  Typist.class.getName(),
                  address,
                  conversation))
          .inheritIO()
          .start();
    } catch (IOException | URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  public static void main(String[] arguments) {
    CompletableFuture<Void> end = new CompletableFuture<>();
    WebSocket socket =
        HttpClient.newHttpClient()
            .newWebSocketBuilder()
            .subprotocols("parley.v1")
            .buildAsync(URI.create(arguments[0]), new Ended(end))
            .join();
    String typing = "{\"type\":\"typing\",\"conversationId\":\"" + arguments[1] + "\"}";
    Executors.newSingleThreadScheduledExecutor()
        .scheduleAtFixedRate(
            () -> socket.sendText(typing, true), 0, EVERY_SECONDS, TimeUnit.SECONDS);
    end.join();
    System.exit(0);
  }

  private record Ended(CompletableFuture<Void> end) implements WebSocket.Listener {
    @Override
    public void onError(WebSocket socket, Throwable failure) {
      end.complete(null);
    }

    @Override
    public java.util.concurrent.CompletionStage<?> onClose(
        WebSocket socket, int code, String reason) {
      end.complete(null);
      return null;
    }
  }
}
