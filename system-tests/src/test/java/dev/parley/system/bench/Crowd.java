package dev.parley.system.bench;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/**
 * The people of the load, each with one open socket; all sockets and all sends on one event loop,
 * so that the generator needs no locks and costs little.
 */
final class Crowd implements AutoCloseable {
  /** Takes a frame's bytes for a user, on the event loop, with the time of its arrival. */
  interface Receiver {
    void frame(int user, byte[] text, long at);
  }

  private static final int AT_ONCE = 8;
  private static final long BEAT_MS = 20_000;

  private final Vertx vertx;
  private final Context loop;
  private final Api api;
  private final String[] tokens;
  private final WebSocketClient client;
  private final List<WebSocket> sockets = new ArrayList<>();
  private final AtomicInteger lost = new AtomicInteger();
  private Receiver receiver = (user, text, at) -> {};
  private boolean closing;

  Crowd(Vertx vertx, Context loop, Api api, int users) {
    this.vertx = vertx;
    this.loop = loop;
    this.api = api;
    this.tokens = new String[users];
    this.client =
        vertx.createWebSocketClient(
            new WebSocketClientOptions().setMaxConnections(users).setTcpNoDelay(true));
    parallel(users, this::connect);
    vertx.setPeriodic(
        BEAT_MS,
        timer -> sockets.forEach(socket -> socket.writeTextMessage("{\"type\":\"ping\"}")));
  }

  /** Groups of users in their order; answers the conversations' ids. */
  List<String> rooms(Case of, String name) {
    String[] ids = new String[of.rooms()];
    parallel(
        of.rooms(),
        room -> {
          int owner = room * of.members();
          List<String> others =
              IntStream.range(owner + 1, owner + of.members()).mapToObj(Crowd::id).toList();
          ids[room] = api.group(tokens[owner], name + " " + room, others);
        });
    return List.of(ids);
  }

  String token(int user) {
    return tokens[user];
  }

  /** From now on frames go there; called on the event loop. */
  void deliverTo(Receiver to) {
    this.receiver = to;
  }

  /** Sockets that were closed by the other side. */
  int lost() {
    return lost.get();
  }

  @Override
  public void close() {
    closing = true;
    client.close().toCompletionStage().toCompletableFuture().join();
  }

  private static String id(int user) {
    return "u" + user;
  }

  private void connect(int user) {
    String token = api.user(id(user));
    tokens[user] = token;
    URI origin = URI.create(api.origin());
    WebSocketConnectOptions to =
        new WebSocketConnectOptions()
            .setHost(origin.getHost())
            .setPort(origin.getPort())
            .setURI("/v1/realtime?ticket=" + api.ticket(token))
            .addSubProtocol("parley.v1");
    CompletableFuture<Void> hello = new CompletableFuture<>();
    loop.runOnContext(
        go ->
            client
                .connect(to)
                .onFailure(hello::completeExceptionally)
                .onSuccess(socket -> opened(user, socket, hello)));
    hello.orTimeout(15, TimeUnit.SECONDS).join();
  }

  private void opened(int user, WebSocket socket, CompletableFuture<Void> hello) {
    sockets.add(socket);
    Buffer[] begun = {Buffer.buffer()};
    socket.frameHandler(
        frame -> {
          long at = System.nanoTime();
          if (frame.isText() && frame.isFinal()) {
            receiver.frame(user, frame.binaryData().getBytes(), at);
          } else if (frame.isText() || frame.isContinuation()) {
            begun[0].appendBuffer(frame.binaryData());
            if (frame.isFinal()) {
              receiver.frame(user, begun[0].getBytes(), at);
              begun[0] = Buffer.buffer();
            }
          }
          hello.complete(null);
        });
    socket.closeHandler(
        end -> {
          sockets.remove(socket);
          if (!closing) {
            lost.incrementAndGet();
          }
          hello.completeExceptionally(
              new IllegalStateException("closed " + socket.closeStatusCode()));
        });
  }

  static void parallel(int count, IntConsumer each) {
    ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
    try {
      CompletableFuture.allOf(
              IntStream.range(0, count)
                  .mapToObj(i -> CompletableFuture.runAsync(() -> each.accept(i), threads))
                  .toArray(CompletableFuture[]::new))
          .join();
    } catch (CompletionException e) {
      throw new IllegalStateException("the load's people or groups: " + e.getCause(), e.getCause());
    } finally {
      threads.shutdownNow();
    }
  }
}
