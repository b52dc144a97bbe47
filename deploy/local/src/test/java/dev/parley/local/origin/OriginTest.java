package dev.parley.local.origin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.local.process.Ports;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OriginTest {
  private final Vertx vertx = Vertx.vertx();
  // Not Vert.x's client: called from a test's thread, it loses one answer in about 200.
  private final HttpClient client = HttpClient.newHttpClient();
  private final int port = Ports.free();
  private final int one = Ports.free();
  private final int two = Ports.free();
  private final AtomicReference<HttpServerRequest> last = new AtomicReference<>();
  private Origin origin;
  private HttpServer first;

  @BeforeEach
  void start() throws Exception {
    Nodes nodes =
        new Nodes()
            .with("message-service=" + one + "," + two)
            .with("presence-service=" + one)
            .with("search-service=" + Ports.free());
    origin = get(Origin.start(port, nodes));
    first = service(one);
    service(two);
  }

  @AfterEach
  void stop() throws Exception {
    origin.close();
    get(vertx.close());
  }

  @Test
  void nodesTakeTurnsAndADeadOneIsPassedOver() throws Exception {
    List<String> answers = List.of(node(), node(), node(), node());
    assertThat(answers).contains("" + one, "" + two);
    assertThat(answers.get(0)).isEqualTo(answers.get(2)).isNotEqualTo(answers.get(1));

    get(first.close());
    assertThat(List.of(node(), node(), node(), node())).containsOnly("" + two);
  }

  @Test
  void answersAndErrorsPassUnchanged() throws Exception {
    HttpResponse<byte[]> answer =
        send(
            "POST",
            "/v1/timelines/7/messages?x=%20y",
            "{\"a\":1}".getBytes(StandardCharsets.UTF_8));
    assertThat(answer.statusCode()).isEqualTo(201);
    assertThat(header(answer, "Location")).isEqualTo("/v1/messages/1");
    assertThat(text(answer)).isEqualTo("POST /v1/timelines/7/messages?x=%20y {\"a\":1}");
    assertThat(last.get().getHeader("X-Forwarded-For")).isEqualTo("127.0.0.1");
    assertThat(last.get().getHeader("X-Forwarded-Proto")).isEqualTo("http");
    assertThat(last.get().getHeader("X-Forwarded-Host")).isEqualTo("127.0.0.1:" + port);
    assertThat(last.get().getHeader("Host")).isEqualTo("127.0.0.1:" + port);

    assertThat(send("DELETE", "/v1/messages/7", null).statusCode()).isEqualTo(204);
    assertThat(send("HEAD", "/v1/messages/7", null).statusCode()).isEqualTo(201);
  }

  @Test
  void largeBodiesAreStreamedBothWays() throws Exception {
    byte[] large = new byte[3_000_000];
    HttpResponse<byte[]> answer = send("PUT", "/v1/attachments/echo", large);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).hasSize(3_000_000);
  }

  @Test
  void unknownPathsAre404AndDeadServices503() throws Exception {
    HttpResponse<byte[]> unknown = send("GET", "/v1/nothing", null);
    assertThat(unknown.statusCode()).isEqualTo(404);
    assertThat(header(unknown, "Content-Type")).isEqualTo("application/problem+json");
    JsonObject problem = json(unknown);
    assertThat(problem.getString("code")).isEqualTo("not_found");
    assertThat(problem.getString("instance")).isEqualTo("/v1/nothing");
    assertThat(header(unknown, "X-Request-Id")).hasSize(36);

    HttpResponse<byte[]> dead = send("GET", "/v1/search?q=x", null);
    assertThat(dead.statusCode()).isEqualTo(503);
    assertThat(header(dead, "Retry-After")).isEqualTo("1");
    assertThat(json(dead).getString("code")).isEqualTo("unavailable");

    assertThat(send("GET", "/v1/search?q=" + "q".repeat(40_000), null).statusCode()).isEqualTo(503);

    HttpResponse<byte[]> sms = send("GET", "/v1/sms/senders", null);
    assertThat(sms.statusCode()).isEqualTo(503);
  }

  @Test
  void aServiceThatHangsUpIs503AndNotAskedAgain() throws Exception {
    AtomicInteger before = new AtomicInteger(asked.get());
    HttpResponse<byte[]> answer =
        send("POST", "/v1/messages/hang-up", "{}".getBytes(StandardCharsets.UTF_8));
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(asked.get() - before.get()).isEqualTo(1);
  }

  @Test
  void socketsAreTunnelled() throws Exception {
    WebSocket socket = get(connect("/v1/realtime?ticket=good"));
    assertThat(socket.subProtocol()).isEqualTo("parley.v1");
    CompletableFuture<String> echo = new CompletableFuture<>();
    socket.textMessageHandler(echo::complete);
    socket.writeTextMessage("hello");
    assertThat(echo.get(5, TimeUnit.SECONDS)).isEqualTo("hello");

    CompletableFuture<Short> code = new CompletableFuture<>();
    socket.closeHandler(closed -> code.complete(socket.closeStatusCode()));
    socket.writeTextMessage("close");
    assertThat(code.get(5, TimeUnit.SECONDS)).isEqualTo((short) 4409);
  }

  @Test
  void whatIsSentWithTheUpgradeArrivesAndAGoneDeviceIsTold() throws Exception {
    CompletableFuture<String> greeting = new CompletableFuture<>();
    // On the event loop: from here the handler could come after the frame.
    WebSocket device =
        get(
            connect("/v1/realtime?ticket=greeted")
                .onSuccess(socket -> socket.textMessageHandler(greeting::complete)));
    assertThat(greeting.get(5, TimeUnit.SECONDS)).isEqualTo("welcome");
    assertThat(open.get()).isEqualTo(1);

    device.close();
    Awaitility.await().atMost(5, TimeUnit.SECONDS).until(() -> open.get() == 0);
  }

  @Test
  void aRefusedUpgradeKeepsItsStatusAndBody() throws Exception {
    CompletableFuture<Throwable> refused = new CompletableFuture<>();
    connect("/v1/realtime?ticket=bad").onFailure(refused::complete);
    UpgradeRejectedException rejected = (UpgradeRejectedException) refused.get(5, TimeUnit.SECONDS);
    assertThat(rejected.getStatus()).isEqualTo(401);
    assertThat(rejected.getBody().toString()).isEqualTo("{\"code\":\"unauthenticated\"}");
  }

  @Test
  void aDeviceThatStopsReadingIsFeltByTheService() throws Exception {
    WebSocket device = get(connect("/v1/realtime?ticket=good"));
    device.pause();
    device.writeTextMessage("flood");
    Awaitility.await().atMost(20, TimeUnit.SECONDS).until(() -> stalled.getCount() == 0);
    assertThat(flooded.get()).isLessThan(40_000_000);
    device.close();
  }

  private final AtomicInteger open = new AtomicInteger();
  private final AtomicInteger asked = new AtomicInteger();
  private final AtomicInteger flooded = new AtomicInteger();
  private final CountDownLatch stalled = new CountDownLatch(1);

  private HttpServer service(int at) throws Exception {
    return get(
        vertx
            .createHttpServer(
                new HttpServerOptions()
                    .setHost("127.0.0.1")
                    .setPort(at)
                    .addWebSocketSubProtocol("parley.v1"))
            .requestHandler(request -> serve(request, at))
            .listen());
  }

  private void serve(HttpServerRequest request, int at) {
    last.set(request);
    asked.incrementAndGet();
    if ("websocket".equalsIgnoreCase(request.getHeader("Upgrade"))) {
      socket(request);
    } else if (request.path().endsWith("/hang-up")) {
      request.connection().close();
    } else if (request.path().endsWith("/echo")) {
      request.response().setChunked(true);
      request.pipeTo(request.response());
    } else if (request.path().endsWith("/node")) {
      request.response().end(Integer.toString(at));
    } else if (request.method() == HttpMethod.DELETE) {
      request.response().setStatusCode(204).end();
    } else {
      request
          .body()
          .onSuccess(
              body ->
                  request
                      .response()
                      .setStatusCode(201)
                      .putHeader("Location", "/v1/messages/1")
                      .end(request.method() + " " + request.uri() + " " + body));
    }
  }

  private void socket(HttpServerRequest request) {
    if (request.getParam("ticket").equals("bad")) {
      request.response().setStatusCode(401).end("{\"code\":\"unauthenticated\"}");
      return;
    }
    request
        .toWebSocket()
        .onSuccess(
            socket -> {
              open.incrementAndGet();
              socket.closeHandler(closed -> open.decrementAndGet());
              if (request.getParam("ticket").equals("greeted")) {
                socket.writeTextMessage("welcome");
              }
              socket.textMessageHandler(
                  text -> {
                    switch (text) {
                      case "close" -> socket.close((short) 4409, "too slow");
                      case "flood" -> {
                        String frame = "x".repeat(10_000);
                        while (!socket.writeQueueFull() && flooded.get() < 200_000_000) {
                          socket.writeTextMessage(frame);
                          flooded.addAndGet(frame.length());
                        }
                        stalled.countDown();
                      }
                      default -> socket.writeTextMessage(text);
                    }
                  });
            });
  }

  private String node() throws Exception {
    return text(send("GET", "/v1/messages/node", null));
  }

  private static String text(HttpResponse<byte[]> answer) {
    return new String(answer.body(), StandardCharsets.UTF_8);
  }

  private static JsonObject json(HttpResponse<byte[]> answer) {
    return new JsonObject(text(answer));
  }

  private static String header(HttpResponse<byte[]> answer, String name) {
    return answer.headers().firstValue(name).orElse(null);
  }

  private HttpResponse<byte[]> send(String method, String uri, byte[] body) throws Exception {
    BodyPublisher publisher =
        body == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body);
    return client.send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + uri))
            .timeout(Duration.ofSeconds(10))
            .method(method, publisher)
            .build(),
        BodyHandlers.ofByteArray());
  }

  private Future<WebSocket> connect(String uri) {
    return vertx
        .createWebSocketClient()
        .connect(
            new WebSocketConnectOptions()
                .setHost("127.0.0.1")
                .setPort(port)
                .setURI(uri)
                .addSubProtocol("parley.v1"));
  }

  private static <T> T get(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }
}
