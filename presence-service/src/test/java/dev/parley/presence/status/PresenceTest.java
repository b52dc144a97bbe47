package dev.parley.presence.status;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.chassis.Tokens;
import dev.parley.chassis.tx.Tx;
import dev.parley.contracts.Envelope;
import dev.parley.contracts.Ids;
import dev.parley.presence.Device;
import dev.parley.presence.ServiceTest;
import dev.parley.presence.Told;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

@QuarkusTest
class PresenceTest extends ServiceTest {
  @Inject Tx tx;

  @Test
  void aUserIsOnlineWithTheFirstSocketAndOfflineAfterTheGrace() {
    try (Device ben = Device.of(tenant, "ben")) {
      ben.send("{\"type\":\"watch\",\"userIds\":[\"ana\"]}");
      assertThat(state(ben.await("presence.changed"))).isEqualTo("offline");
      Device ana = Device.of(tenant, "ana");
      awaitStates(ben, "offline", "online");
      given()
          .auth()
          .oauth2(Tokens.user(tenant, "ben"))
          .get("/v1/presence?userIds=ana,zoe")
          .then()
          .statusCode(200)
          .body("items.userId", equalTo(List.of("ana", "zoe")))
          .body("items.state", equalTo(List.of("online", "offline")));
      Device phone = Device.of(tenant, "ana");
      ana.close();
      phone.close();
      Device back = Device.of(tenant, "ana");
      back.close();
      awaitStates(ben, "offline", "online", "offline");
      assertThat(told("ana")).containsExactly("online", "offline");
    }
  }

  @Test
  void theBestDeviceCountsAndWhatIsSetByHandWins() {
    try (Device ana = Device.of(tenant, "ana");
        Device phone = Device.of(tenant, "ana");
        Device ben = Device.of(tenant, "ben")) {
      ben.send("{\"type\":\"watch\",\"userIds\":[\"ana\"]}");
      ben.await("presence.changed");
      awaitLast(ben, "online");
      ana.send("{\"type\":\"presence\",\"state\":\"auto\",\"idle\":true}");
      phone.send("{\"type\":\"presence\",\"state\":\"auto\",\"idle\":true}");
      awaitLast(ben, "away");
      phone.send("{\"type\":\"presence\",\"state\":\"auto\",\"idle\":false}");
      awaitLast(ben, "online");
      ana.send("{\"type\":\"presence\",\"state\":\"dnd\"}");
      awaitLast(ben, "dnd");
      ana.send("{\"type\":\"presence\",\"state\":\"auto\"}");
      awaitLast(ben, "online");
      assertThat(told("ana")).containsExactly("online", "away", "online", "dnd", "online");
    }
  }

  @Test
  void whoIsAwayAndComesBackIsStillAway() {
    Device ana = Device.of(tenant, "ana");
    Awaitility.await().atMost(SOON).until(() -> told("ana").equals(List.of("online")));
    ana.send("{\"type\":\"presence\",\"idle\":true}");
    Awaitility.await().atMost(SOON).until(() -> told("ana").equals(List.of("online", "away")));
    String seen = lastActive();
    ana.cut();
    try (Device back = Device.resume(tenant, "ana", ana.cursor())) {
      back.send("{\"type\":\"presence\",\"idle\":true}");
      back.pong();
      awaitStale();
      assertThat(told("ana")).containsExactly("online", "away");
      assertThat(lastActive()).isEqualTo(seen);
      // A device that never says so is in use, and that one moment later.
      try (Device laptop = Device.of(tenant, "ana")) {
        laptop.pong();
        Awaitility.await()
            .atMost(SOON)
            .untilAsserted(
                () -> assertThat(told("ana")).containsExactly("online", "away", "online"));
      }
    }
  }

  @Test
  void aDeviceThatGoesIdleLeavesWhatWasSetByHandOnAnother() {
    try (Device laptop = Device.of(tenant, "ana");
        Device phone = Device.of(tenant, "ana")) {
      laptop.send("{\"type\":\"presence\",\"state\":\"dnd\"}");
      Awaitility.await().atMost(SOON).until(() -> told("ana").contains("dnd"));
      phone.send("{\"type\":\"presence\",\"idle\":true}");
      laptop.send("{\"type\":\"presence\",\"idle\":true}");
      phone.pong();
      laptop.pong();
      awaitStale();
      assertThat(told("ana")).endsWith("dnd");
      phone.send("{\"type\":\"presence\"}");
      assertThat(phone.await("error").path("re").asText()).isEqualTo("presence");
      phone.send("{\"type\":\"presence\",\"state\":\"auto\",\"idle\":true}");
      Awaitility.await()
          .atMost(SOON)
          .untilAsserted(() -> assertThat(told("ana")).endsWith("dnd", "away"));
    }
  }

  @Test
  void whoFlapsIsToldOfOnceInTheQuietTimeAndAsItEnds() {
    try (Device ana = Device.of(tenant, "ana")) {
      Awaitility.await().atMost(SOON).until(() -> told("ana").contains("online"));
      for (int i = 0; i < 6; i++) {
        boolean idle = i % 2 == 0;
        ana.send("{\"type\":\"presence\",\"state\":\"auto\",\"idle\":" + idle + "}");
      }
      ana.send("{\"type\":\"presence\",\"state\":\"dnd\"}");
      Awaitility.await().atMost(SOON).until(() -> told("ana").contains("dnd"));
      assertThat(told("ana")).startsWith("online").endsWith("dnd").hasSizeLessThanOrEqualTo(3);
      List<Instant> at = Told.events(tenant, "ana").stream().map(Envelope::at).toList();
      for (int i = 1; i < at.size(); i++) {
        assertThat(Duration.between(at.get(i - 1), at.get(i)).toMillis()).isGreaterThan(900);
      }
    }
  }

  @Test
  void aSilentNodesUsersAreGone() {
    UUID dead = Ids.next();
    run("insert into node (id, beat_at) values ($1, now() - interval '14 seconds')", dead);
    run(
        "insert into presence_here (tenant, user_id, node_id, active) values ('"
            + tenant
            + "', 'ana', $1, true)",
        dead);
    run(
        "insert into presence (tenant, user_id, state) select tenant, user_id, 'online' from"
            + " presence_here where node_id = $1",
        dead);
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertThat(told("ana")).containsExactly("offline"));
  }

  @Test
  void presenceStaysInTheTenantAndAmongStaff() {
    try (Device ana = Device.of(tenant, "ana");
        Device foreign = Device.of(tenant + "x", "ben")) {
      assertThat(ana.frames("hello")).hasSize(1);
      Awaitility.await().atMost(SOON).until(() -> told("ana").contains("online"));
      foreign.send("{\"type\":\"watch\",\"userIds\":[\"ana\"]}");
      assertThat(state(foreign.await("presence.changed"))).isEqualTo("offline");
      String client = Tokens.of(tenant, "carl", Map.of("roles", "client"));
      try (Device carl = Device.open(client, null)) {
        carl.send("{\"type\":\"watch\",\"userIds\":[\"ana\"]}");
        assertThat(carl.await("error").path("code").asText()).isEqualTo("forbidden");
      }
      given()
          .auth()
          .oauth2(client)
          .get("/v1/presence?userIds=ana")
          .then()
          .statusCode(403)
          .body("code", equalTo("forbidden"));
      given()
          .auth()
          .oauth2(Tokens.of(tenant, "ben", Map.of("roles", "user", "impersonator", "root")))
          .get("/v1/presence?userIds=ana")
          .then()
          .statusCode(403)
          .body("code", equalTo("impersonation_forbidden"));
      given().get("/v1/presence?userIds=ana").then().statusCode(401);
      given()
          .auth()
          .oauth2(Tokens.user(tenant, "ana"))
          .get("/v1/presence?userIds=a%20b")
          .then()
          .statusCode(400)
          .body("violations[0].field", equalTo("userIds"));
    }
  }

  /** Until another user, who came after all that was said, has been told of and gone again. */
  private void awaitStale() {
    String later = "later" + Ids.next();
    Device.of(tenant, later).close();
    Awaitility.await()
        .atMost(SOON)
        .until(() -> Told.states(tenant, later).equals(List.of("online", "offline")));
  }

  private String lastActive() {
    return given()
        .auth()
        .oauth2(Tokens.user(tenant, "ben"))
        .get("/v1/presence?userIds=ana")
        .then()
        .statusCode(200)
        .extract()
        .path("items[0].lastActiveAt");
  }

  private void awaitStates(Device device, String... states) {
    Awaitility.await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThat(device.frames("presence.changed"))
                    .extracting(PresenceTest::state)
                    .containsExactly(states));
  }

  private void awaitLast(Device device, String state) {
    Awaitility.await()
        .atMost(SOON)
        .until(
            () -> {
              List<JsonNode> all = device.frames("presence.changed");
              return state(all.get(all.size() - 1)).equals(state);
            });
  }

  private List<String> told(String user) {
    return Told.states(tenant, user);
  }

  private static String state(JsonNode frame) {
    return frame.at("/data/state").asText();
  }

  private void run(String sql, UUID id) {
    tx.read(sql, Tuple.of(id)).await().atMost(SOON);
  }
}
