package dev.parley.presence.ticket;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.chassis.CrmUser;
import dev.parley.chassis.Tokens;
import dev.parley.chassis.page.Cursors;
import dev.parley.contracts.Ids;
import dev.parley.contracts.Json;
import dev.parley.presence.Device;
import dev.parley.presence.ServiceTest;
import dev.parley.presence.Session;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class AdmissionTest extends ServiceTest {
  @Inject Cursors seals;

  @Test
  void aTicketLastsThirtySeconds() {
    given()
        .auth()
        .oauth2(Tokens.user(tenant, "ana"))
        .post("/v1/realtime/tickets")
        .then()
        .statusCode(201)
        .body("expiresIn", equalTo(30));
  }

  @Test
  void withoutATokenThereIsNoTicket() {
    given()
        .post("/v1/realtime/tickets")
        .then()
        .statusCode(401)
        .contentType("application/problem+json")
        .body("code", equalTo("unauthenticated"));
  }

  @Test
  void withoutAnUpgradeItIsSaidThatThereAreSocketsAlone() {
    given()
        .get("/v1/realtime?ticket=x")
        .then()
        .statusCode(426)
        .header("Upgrade", "websocket")
        .contentType("application/problem+json")
        .body("code", equalTo("upgrade_required"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "PATCH", "DELETE"})
  void anotherMethodThanAnUpgradesIsNotAllowed(String method) {
    given()
        .request(method, "/v1/realtime")
        .then()
        .statusCode(405)
        .header("Allow", "GET")
        .contentType("application/problem+json")
        .body("code", equalTo("method_not_allowed"));
  }

  @Test
  void aTicketWorksOnce() {
    String ticket = Device.ticket(Tokens.user(tenant, "ana"));
    assertThat(upgrade("?ticket=" + ticket, Map.of()).status()).isEqualTo(101);
    refused(upgrade("?ticket=" + ticket, Map.of()), 401, "unauthenticated");
  }

  @Test
  void ofManyWhoUseATicketAtOnceOneGetsIn() {
    String ticket = Device.ticket(Tokens.user(tenant, "ana"));
    List<Answer> answers = atOnce(8, () -> upgrade("?ticket=" + ticket, Map.of()));
    assertThat(answers).filteredOn(answer -> answer.status() == 101).hasSize(1);
    assertThat(answers).filteredOn(answer -> answer.status() == 401).hasSize(7);
  }

  @Test
  void aMadeUpAnOldAndNoTicketAreRefused() {
    refused(upgrade("?ticket=bm90IG91cnM", Map.of()), 401, "unauthenticated");
    refused(
        upgrade("?ticket=" + sealed(Instant.now().minusSeconds(31), 60), Map.of()),
        401,
        "unauthenticated");
    refused(upgrade("?ticket=" + sealed(Instant.now(), -1), Map.of()), 401, "unauthenticated");
    refused(upgrade("", Map.of()), 401, "unauthenticated");
    assertThat(upgrade("?ticket=" + sealed(Instant.now(), 60), Map.of()).status()).isEqualTo(101);
  }

  @Test
  void aTokenInTheHeaderIsAsGoodAsATicket() {
    String token = Tokens.user(tenant, "ana");
    assertThat(upgrade("", Map.of("Authorization", "Bearer " + token)).status()).isEqualTo(101);
    refused(upgrade("", Map.of("Authorization", "Bearer " + token + "x")), 401, "unauthenticated");
  }

  @Test
  void aTokenWithContradictingRolesIsRefused() {
    String token = Tokens.of(tenant, "ana", Map.of("roles", "user,client"));
    refused(upgrade("", Map.of("Authorization", "Bearer " + token)), 403, "ambiguous_principal");
  }

  @Test
  void onlyPagesOfKnownOriginsMayOpenASocket() {
    String ticket = Device.ticket(Tokens.user(tenant, "ana"));
    refused(
        upgrade("?ticket=" + ticket, Map.of("Origin", "https://evil.example")), 403, "forbidden");
    Answer known = upgrade("?ticket=" + ticket, Map.of("Origin", "http://localhost:3000"));
    assertThat(known.status()).isEqualTo(101);
  }

  @Test
  void whoIsDeactivatedGetsNoTicketNoSocketAndLosesTheOpenOne() {
    String before = Device.ticket(Tokens.user(tenant, "ana"));
    try (Device ana = Device.of(tenant, "ana");
        Device ben = Device.of(tenant, "ben");
        Device eve = Device.of(tenant, "eve")) {
      new CrmUser(tenant, "ana").tell(1, Map.of("active", false));
      new CrmUser(tenant, "ben").tell(1, Map.of("messaging", false));
      assertThat(ana.closeCode(Duration.ofSeconds(5))).isEqualTo(4403);
      assertThat(ana.closeReason()).isEqualTo("forbidden");
      assertThat(ben.closeCode(Duration.ofSeconds(5))).isEqualTo(4403);
      assertThat(ben.closeReason()).isEqualTo("messaging_disabled");
      refused(upgrade("?ticket=" + before, Map.of()), 403, "forbidden");
      given()
          .auth()
          .oauth2(Tokens.user(tenant, "ana"))
          .post("/v1/realtime/tickets")
          .then()
          .statusCode(403)
          .body("code", equalTo("forbidden"));
      eve.send("{\"type\":\"ping\"}");
      eve.await("pong");
    }
  }

  @Test
  void nobodyHasMoreSocketsThanMayBe() {
    List<Device> devices = new ArrayList<>();
    try {
      for (int i = 0; i < 12; i++) {
        devices.add(Device.of(tenant, "ana"));
      }
      String token = "Bearer " + Tokens.user(tenant, "ana");
      Answer refused = upgrade("", Map.of("Authorization", token));
      refused(refused, 429, "rate_limited");
      assertThat(refused.head()).containsIgnoringCase("Retry-After: 1");
      devices.remove(0).close();
      Awaitility.await()
          .atMost(SOON)
          .until(() -> upgrade("", Map.of("Authorization", token)).status() == 101);
    } finally {
      devices.forEach(Device::close);
    }
  }

  @Test
  void norDoThoseWhoComeAtOnce() {
    String token = "Bearer " + Tokens.user(tenant, "ana");
    List<Socket> open = Collections.synchronizedList(new ArrayList<>());
    List<Answer> answers = atOnce(20, () -> upgrade("", Map.of("Authorization", token), open));
    try {
      assertThat(answers).filteredOn(answer -> answer.status() == 101).hasSize(12);
      assertThat(answers).filteredOn(answer -> answer.status() == 429).hasSize(8);
    } finally {
      open.forEach(AdmissionTest::close);
    }
    Awaitility.await()
        .atMost(SOON)
        .until(() -> upgrade("", Map.of("Authorization", token)).status() == 101);
  }

  @Test
  void theProtocolIsNamed() {
    String token = "Bearer " + Tokens.user(tenant, "ana");
    Answer ours =
        upgrade("", Map.of("Authorization", token, "Sec-WebSocket-Protocol", "x, parley.v1"));
    assertThat(ours.status()).isEqualTo(101);
    assertThat(ours.head().toLowerCase()).contains("sec-websocket-protocol: parley.v1");
    refused(
        upgrade("", Map.of("Authorization", token, "Sec-WebSocket-Protocol", "x")),
        400,
        "invalid_request");
  }

  private String sealed(Instant at, int secondsLeft) {
    Session session =
        new Session(
            tenant, "user", "ana", "Ana", null, false, Instant.now().plusSeconds(secondsLeft));
    return seals.seal("ticket", Json.text(Map.of("id", Ids.next(), "at", at, "session", session)));
  }

  private static void refused(Answer answer, int status, String code) {
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.head()).contains("application/problem+json");
    JsonNode body = Json.read(answer.body(), JsonNode.class);
    assertThat(body.path("code").asText()).isEqualTo(code);
    assertThat(body.path("status").asInt()).isEqualTo(status);
    assertThat(body.path("instance").asText()).isEqualTo("/v1/realtime");
  }

  private static List<Answer> atOnce(int count, Supplier<Answer> action) {
    ExecutorService threads = Executors.newFixedThreadPool(count);
    CountDownLatch ready = new CountDownLatch(count);
    try {
      List<CompletableFuture<Answer>> all = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        all.add(
            CompletableFuture.supplyAsync(
                () -> {
                  ready.countDown();
                  awaitAll(ready);
                  return action.get();
                },
                threads));
      }
      return all.stream().map(CompletableFuture::join).toList();
    } finally {
      threads.shutdown();
    }
  }

  private static void awaitAll(CountDownLatch ready) {
    try {
      assertThat(ready.await(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Answer upgrade(String query, Map<String, String> headers) {
    List<Socket> open = new ArrayList<>();
    try {
      return upgrade(query, headers, open);
    } finally {
      open.forEach(AdmissionTest::close);
    }
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The upgrade by hand, since HTTP clients hide what a refusal says. */
  private static Answer upgrade(String query, Map<String, String> headers, List<Socket> open) {
    StringBuilder request =
        new StringBuilder("GET /v1/realtime" + query + " HTTP/1.1\r\nHost: localhost\r\n");
    request.append("Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n");
    request.append("Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n");
    headers.forEach((name, value) -> request.append(name + ": " + value + "\r\n"));
    try {
      Socket socket = new Socket("localhost", RestAssured.port);
      open.add(socket);
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write((request + "\r\n").getBytes(StandardCharsets.US_ASCII));
      String head = "";
      while (!head.endsWith("\r\n\r\n")) {
        head += (char) socket.getInputStream().read();
      }
      String length = head.toLowerCase().replaceAll("(?s).*content-length: (\\d+).*", "$1");
      String body =
          head.startsWith("HTTP/1.1 101")
              ? ""
              : new String(
                  socket.getInputStream().readNBytes(Integer.parseInt(length)),
                  StandardCharsets.UTF_8);
      return new Answer(Integer.parseInt(head.substring(9, 12)), head, body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private record Answer(int status, String head, String body) {}
}
