package dev.parley.system;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.contracts.Json;
import java.net.URI;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;

/**
 * One device's socket: keeps every frame in the order of arrival, whether it came alone or in an
 * array, and the newest cursor to resume with.
 */
final class Socket implements AutoCloseable {
  /** How long a frame may take before a test gives up. */
  static final Duration SOON = Duration.ofSeconds(20);

  /** The close code of a socket that broke without a close frame. */
  static final int BROKEN = 1006;

  private final List<Frame> frames = new ArrayList<>();
  private final CompletableFuture<Integer> closed = new CompletableFuture<>();
  private volatile String reason = "";
  private String cursor;
  private WebSocket socket;

  private Socket() {}

  /** Opens a socket and waits for its first frame. */
  static Socket open(String url) {
    Socket opened = new Socket();
    try {
      opened.socket =
          Rest.HTTP
              .newWebSocketBuilder()
              .subprotocols("parley.v1")
              .connectTimeout(SOON)
              .buildAsync(URI.create(url), opened.new Listener())
              .join();
    } catch (CompletionException e) {
      throw new IllegalStateException("no socket: " + e.getCause(), e.getCause());
    }
    Frame first = opened.await("the first frame", frame -> true);
    if (!first.type().equals("hello")) {
      throw new AssertionError("the first frame is " + first.json());
    }
    return opened;
  }

  /** The first frame. */
  JsonNode hello() {
    return frames().get(0).json();
  }

  /** All frames up to now. */
  synchronized List<Frame> frames() {
    return List.copyOf(frames);
  }

  /** What has come about one conversation. */
  List<Frame> framesOf(String conversation) {
    return frames().stream().filter(frame -> frame.isOf(conversation)).toList();
  }

  /** The frame that tells of that message; waits for it. */
  Frame awaitMessage(String messageId) {
    return await("message " + messageId, frame -> frame.tellsOf(messageId));
  }

  /** The first frame that fits; waits for it up to {@link #SOON}. */
  Frame await(String what, Predicate<Frame> fits) {
    return await(what, SOON, fits);
  }

  /** The first frame that fits; waits for it. */
  synchronized Frame await(String what, Duration limit, Predicate<Frame> fits) {
    long end = System.nanoTime() + limit.toNanos();
    for (int next = 0; ; ) {
      for (; next < frames.size(); next++) {
        if (fits.test(frames.get(next))) {
          return frames.get(next);
        }
      }
      long left = (end - System.nanoTime()) / 1_000_000;
      if (left <= 0 || (closed.isDone() && next == frames.size())) {
        throw new AssertionError(
            "no frame with %s within %s%s, but %s"
                .formatted(what, limit, closed.isDone() ? " (closed)" : "", types()));
      }
      try {
        wait(left);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
    }
  }

  /** Waits until everything that the edge had written before has arrived. */
  void settle() {
    int before = frames().size();
    send("{\"type\":\"ping\"}");
    await("a pong", frame -> frame.arrival() >= before && frame.type().equals("pong"));
  }

  void send(String text) {
    socket.sendText(text, true).join();
  }

  /** The newest cursor. */
  synchronized String cursor() {
    return cursor;
  }

  boolean isOpen() {
    return !closed.isDone();
  }

  /** Completes with the close code, {@link #BROKEN} where there was none. */
  CompletableFuture<Integer> closed() {
    return closed;
  }

  /** What the close frame said; empty where there was none. */
  String reason() {
    return reason;
  }

  /** Breaks the connection as a lost network does, without a close frame. */
  void cut() {
    socket.abort();
    end(BROKEN);
  }

  @Override
  public void close() {
    socket.abort();
    end(WebSocket.NORMAL_CLOSURE);
  }

  private synchronized void received(String text) {
    JsonNode json = Json.read(text, JsonNode.class);
    if (json.isArray()) {
      json.forEach(this::add);
    } else {
      add(json);
    }
    notifyAll();
  }

  private void add(JsonNode json) {
    Frame frame = new Frame(frames.size(), json);
    frames.add(frame);
    if (json.hasNonNull("cursor")) {
      cursor = json.get("cursor").asText();
    }
  }

  private synchronized void end(int code) {
    closed.complete(code);
    notifyAll();
  }

  private String types() {
    return frames.stream()
        .skip(Math.max(0, frames.size() - 20))
        .map(frame -> frame.type() + (frame.seq() > 0 ? "#" + frame.seq() : ""))
        .toList()
        .toString();
  }

  private final class Listener implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket webSocket, CharSequence part, boolean last) {
      text.append(part);
      if (last) {
        received(text.toString());
        text.setLength(0);
      }
      webSocket.request(1);
      return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket webSocket, int code, String why) {
      reason = why;
      end(code);
      return null;
    }

    @Override
    public void onError(WebSocket webSocket, Throwable failure) {
      end(BROKEN);
    }
  }
}
