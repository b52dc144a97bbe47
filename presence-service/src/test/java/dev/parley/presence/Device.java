package dev.parley.presence;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.chassis.Tokens;
import dev.parley.contracts.Json;
import dev.parley.contracts.Schemas;
import io.restassured.RestAssured;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;

/** A device with a socket, as a client would write one. Every frame is held against its schema. */
public final class Device implements WebSocket.Listener, AutoCloseable {
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final Duration SOON = Duration.ofSeconds(30);

  /** Every frame in the order of arrival. */
  private final List<JsonNode> frames = new ArrayList<>();

  /** Every text message as it came. */
  private final List<String> texts = new ArrayList<>();

  private final StringBuilder partial = new StringBuilder();
  private final CompletableFuture<Integer> closed = new CompletableFuture<>();
  private WebSocket socket;
  private volatile String reason;
  private volatile Throwable failure;

  private Device() {}

  /** A staff user's device, live when this returns. */
  public static Device of(String tenant, String user) {
    return open(Tokens.user(tenant, user), null);
  }

  /** A staff user's device that resumes. */
  public static Device resume(String tenant, String user, String cursor) {
    return open(Tokens.user(tenant, user), cursor);
  }

  /** A device of whoever the token names, by ticket. */
  public static Device open(String token, String cursor) {
    Device device = connect(token, cursor);
    device.await(frame -> frame.path("type").asText().equals("hello"));
    return device;
  }

  /** A device that does not wait for its hello. */
  public static Device unheard(String token) {
    return connect(token, null);
  }

  private static Device connect(String token, String cursor) {
    String query = "ticket=" + ticket(token);
    if (cursor != null) {
      query += "&cursor=" + URLEncoder.encode(cursor, StandardCharsets.UTF_8);
    }
    Device device = new Device();
    device.socket =
        HTTP.newWebSocketBuilder()
            .subprotocols("parley.v1")
            .buildAsync(uri(query), device)
            .orTimeout(SOON.toSeconds(), TimeUnit.SECONDS)
            .join();
    return device;
  }

  public static String ticket(String token) {
    return RestAssured.given()
        .auth()
        .oauth2(token)
        .post("/v1/realtime/tickets")
        .then()
        .statusCode(201)
        .extract()
        .path("ticket");
  }

  public static URI uri(String query) {
    return URI.create("ws://localhost:" + RestAssured.port + "/v1/realtime?" + query);
  }

  public void send(String text) {
    socket.sendText(text, true).join();
  }

  /** Opens these conversations in place of what was open; done when this returns. */
  public void look(UUID... ids) {
    String named = Arrays.stream(ids).map(id -> "\"" + id + "\"").collect(Collectors.joining(","));
    send("{\"type\":\"open\",\"conversationIds\":[" + named + "]}");
    pong();
  }

  /** Frames are worked on in order: what was said before has been done. */
  public void pong() {
    int before = frames("pong").size();
    send("{\"type\":\"ping\"}");
    Awaitility.await().atMost(SOON).until(() -> frames("pong").size() > before);
  }

  public void send(byte[] bytes) {
    socket.sendBinary(ByteBuffer.wrap(bytes), true).join();
  }

  /** The first frame that fits, waiting for it. */
  public JsonNode await(Predicate<JsonNode> fits) {
    List<JsonNode> found = new ArrayList<>();
    Awaitility.await()
        .atMost(SOON)
        .pollInterval(Duration.ofMillis(5))
        .until(
            () -> {
              if (failure != null) {
                throw new AssertionError(failure);
              }
              frames().stream().filter(fits).findFirst().ifPresent(found::add);
              return !found.isEmpty();
            });
    return found.get(0);
  }

  /** The first frame of the type, waiting for it. */
  public JsonNode await(String type) {
    return await(frame -> frame.path("type").asText().equals(type));
  }

  /** Waits until the message with that body has come. */
  public JsonNode awaitBody(String body) {
    return await(frame -> frame.path("data").path("body").asText().equals(body));
  }

  public List<JsonNode> frames() {
    synchronized (frames) {
      return List.copyOf(frames);
    }
  }

  /** The frames of the type, in order. */
  public List<JsonNode> frames(String type) {
    return frames().stream().filter(f -> f.path("type").asText().equals(type)).toList();
  }

  /** The bodies of all messages, in order, repeats included. */
  public List<String> bodies() {
    return frames("message.created").stream()
        .map(frame -> frame.path("data").path("body").asText())
        .toList();
  }

  public List<String> texts() {
    synchronized (frames) {
      return List.copyOf(texts);
    }
  }

  /** The newest cursor. */
  public String cursor() {
    String newest = null;
    for (JsonNode frame : frames()) {
      newest = frame.path("cursor").asText(newest);
    }
    return newest;
  }

  /** The close code, waiting for it. */
  public int closeCode(Duration atMost) {
    return closed.orTimeout(atMost.toMillis(), TimeUnit.MILLISECONDS).join();
  }

  public String closeReason() {
    return reason;
  }

  /** Drops the connection without a word, as a lost network does. */
  public void cut() {
    socket.abort();
  }

  @Override
  public void close() {
    if (!closed.isDone()) {
      socket.sendClose(WebSocket.NORMAL_CLOSURE, "").exceptionally(gone -> socket).join();
      closeCode(SOON);
    }
  }

  @Override
  public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
    partial.append(data);
    if (last) {
      String text = partial.toString();
      partial.setLength(0);
      Schemas.validateFrames(text.getBytes(StandardCharsets.UTF_8));
      JsonNode message = Json.read(text, JsonNode.class);
      synchronized (frames) {
        texts.add(text);
        if (message.isArray()) {
          message.forEach(frames::add);
        } else {
          frames.add(message);
        }
      }
    }
    from.request(1);
    return null;
  }

  @Override
  public CompletionStage<?> onPing(WebSocket from, ByteBuffer message) {
    from.request(1);
    return null;
  }

  @Override
  public CompletionStage<?> onClose(WebSocket from, int code, String why) {
    reason = why;
    closed.complete(code);
    return null;
  }

  @Override
  public void onError(WebSocket from, Throwable error) {
    failure = error;
    closed.complete(1006);
  }
}
