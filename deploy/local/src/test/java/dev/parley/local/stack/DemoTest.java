package dev.parley.local.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The services while the demo tenant is loaded, played by a server that answers as it is told. */
class DemoTest {
  private static final int HANGS_UP = 0;
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final Duration SHORT = Duration.ofMillis(300);

  private final Queue<Integer> answers = new ConcurrentLinkedQueue<>();
  private final AtomicInteger asked = new AtomicInteger();
  private volatile int otherwise = 200;
  private HttpServer server;

  @BeforeEach
  void serve() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        call -> {
          asked.incrementAndGet();
          Integer told = answers.poll();
          int status = told == null ? otherwise : told;
          if (status != HANGS_UP) {
            byte[] body = "{\"id\": \"c1\"}".getBytes(StandardCharsets.UTF_8);
            call.sendResponseHeaders(status, body.length);
            call.getResponseBody().write(body);
          }
          call.close();
        });
    server.start();
  }

  @AfterEach
  void end() {
    server.stop(0);
  }

  @Test
  void aMomentWithoutAnswerIsWaitedFor() throws Exception {
    answers.add(HANGS_UP);
    answers.add(503);
    answers.add(HANGS_UP);
    answers.add(404);

    demo(LONG, false).load();

    // 5 people, 3 records, a number, 3 conversations, 2 messages; and what had to be asked again.
    assertThat(asked.get()).isGreaterThanOrEqualTo(14 + 4);
  }

  @Test
  void whatStaysAwayIsAFailure() {
    otherwise = 503;

    assertThatThrownBy(demo(SHORT, false)::load)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("PUT /v1/crm/records/user/")
        .hasMessageContaining("answers 503");
  }

  @Test
  void aRefusalIsAFailureAtOnce() {
    otherwise = 403;

    assertThatThrownBy(demo(LONG, false)::load)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("answers 403");
    assertThat(asked.get()).isOne();
  }

  @Test
  void nothingIsAskedAgainOnceTheStackStops() {
    otherwise = 503;

    assertThatThrownBy(demo(LONG, true)::load).isInstanceOf(IOException.class);
    assertThat(asked.get()).isOne();
  }

  private Demo demo(Duration patience, boolean stopping) {
    return new Demo(
        "http://127.0.0.1:" + server.getAddress().getPort(),
        fields -> "token of " + fields.get("username"),
        patience,
        () -> stopping);
  }
}
