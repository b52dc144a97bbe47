package dev.parley.conversation.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;

import dev.parley.chassis.Tokens;
import dev.parley.chassis.Wire;
import dev.parley.chassis.tx.Tx;
import dev.parley.contracts.Actor;
import dev.parley.contracts.Envelope;
import dev.parley.contracts.EventType;
import dev.parley.contracts.Json;
import dev.parley.contracts.Schemas;
import dev.parley.contracts.Topics;
import dev.parley.contracts.event.Lease;
import dev.parley.contracts.event.SessionEnded;
import dev.parley.conversation.PlayedMessageService;
import dev.parley.conversation.Team;
import dev.parley.conversation.WithBackEnds;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.ValidatableResponse;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@QuarkusTest
class LeaseTest extends WithBackEnds {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final Map<String, Object> DEAL = Map.of("name", "Launch", "ownerId", "ana");

  @Inject Tx tx;

  @Test
  void oneAtATimeIsEditingAndTheOthersAreToldWho() {
    Team team = Team.of("ana", "ben");
    String room = room(team, "ben");
    Instant before = Instant.now();
    String expires =
        take(team, "ana", room, Map.of())
            .statusCode(201)
            .body("resource", equalTo("context"))
            .body("holder.id", equalTo("ana"))
            .body("holder.name", equalTo("Ana"))
            .extract()
            .path("expiresAt");
    assertThat(Instant.parse(expires))
        .isBetween(before.plusSeconds(29), Instant.now().plusSeconds(31));
    take(team, "ben", room, Map.of())
        .statusCode(409)
        .body("code", equalTo("lease_held"))
        .body("holder.id", equalTo("ana"))
        .body("holder.name", equalTo("Ana"));
    leases(team, "ben", room)
        .body("items.holder.id", contains("ana"))
        .body("items.resource", contains("context"));
    take(team, "ana", room, Map.of()).statusCode(201);
    giveUp(team, "ben", room).statusCode(409).body("holder.id", equalTo("ana"));
    giveUp(team, "ana", room).statusCode(204);
    giveUp(team, "ana", room).statusCode(204);
    leases(team, "ana", room).body("items", empty());
    take(team, "ben", room, Map.of()).statusCode(201).body("holder.id", equalTo("ben"));

    List<Envelope> told = told(room, 4);
    assertThat(told)
        .extracting(Envelope::type)
        .containsExactly("lease.acquired", "lease.acquired", "lease.released", "lease.acquired");
    assertThat(told)
        .extracting(event -> event.data(Lease.class).holder().id())
        .containsExactly("ana", "ana", "ana", "ben");
    assertThat(told.get(0).actor().id()).isEqualTo("ana");
  }

  @Test
  void aLeaseIsTakenWithoutABodyToo() {
    Team team = Team.of("ana", "ben");
    String room = room(team, "ben");
    RestAssured.given()
        .auth()
        .oauth2(Tokens.user(team.tenant(), "ana"))
        .noContentType()
        .post("/v1/conversations/" + room + "/leases/context")
        .then()
        .statusCode(201)
        .body("holder.id", equalTo("ana"));
  }

  @Test
  void oneThatHasRunOutIsAnybodys() {
    Team team = Team.of("ana", "ben");
    String room = room(team, "ben");
    take(team, "ana", room, Map.of("sessionId", "s1")).statusCode(201);
    runOut(room);
    leases(team, "ben", room).body("items", empty());
    take(team, "ben", room, Map.of()).statusCode(201);
    take(team, "ana", room, Map.of()).statusCode(409).body("holder.id", equalTo("ben"));
    runOut(room);
    giveUp(team, "ben", room).statusCode(204);
    assertThat(told(room, 2)).extracting(Envelope::type).containsOnly("lease.acquired");
  }

  @Test
  void ofFiftyAtOnceOneHasIt() {
    String[] users = IntStream.range(0, 50).mapToObj(i -> "u" + i).toArray(String[]::new);
    Team team = Team.of(users);
    String room = team.dealRoom("u0", "d1", DEAL);
    List<Map<String, String>> others = new ArrayList<>();
    for (int i = 1; i < 50; i++) {
      others.add(Map.of("userId", users[i]));
    }
    team.add("u0", room, Map.of("members", others)).statusCode(201);
    ExecutorService threads = Executors.newFixedThreadPool(50);
    try {
      List<CompletableFuture<ValidatableResponse>> answers = new ArrayList<>();
      for (String user : users) {
        answers.add(CompletableFuture.supplyAsync(() -> take(team, user, room, Map.of()), threads));
      }
      List<ValidatableResponse> got = answers.stream().map(CompletableFuture::join).toList();
      assertThat(got).filteredOn(one -> one.extract().statusCode() == 201).hasSize(1);
      List<ValidatableResponse> refused =
          got.stream().filter(one -> one.extract().statusCode() == 409).toList();
      assertThat(refused).hasSize(49);
      String holder = leases(team, "u0", room).extract().path("items[0].holder.id");
      refused.forEach(one -> one.body("holder.id", equalTo(holder)));
    } finally {
      threads.shutdown();
    }
    assertThat(told(room, 1)).hasSize(1);
  }

  @Test
  void itEndsWithTheSocketThatItNamesAndWithNoOther() {
    Team team = Team.of("ana", "ben");
    String room = room(team, "ben");
    take(team, "ana", room, Map.of("sessionId", "s1")).statusCode(201);
    take(team, "ana", room, Map.of("sessionId", "s2")).statusCode(201);
    ended(team, "ana", "s1");
    ended(team, "ben", "s2");
    ended(Team.of(), "ana", "s2");
    String other = team.dealRoom("ana", "d2", DEAL);
    take(team, "ana", other, Map.of("sessionId", "s1")).statusCode(201);
    ended(team, "ana", "s1");
    await()
        .atMost(SOON)
        .pollInterval(Duration.ofMillis(20))
        .untilAsserted(() -> leases(team, "ana", other).body("items", empty()));
    leases(team, "ben", room).body("items.holder.id", contains("ana"));

    ended(team, "ana", "s2");
    ended(team, "ana", "s2");
    await()
        .atMost(SOON)
        .pollInterval(Duration.ofMillis(20))
        .untilAsserted(() -> leases(team, "ben", room).body("items", empty()));
    List<Envelope> told = told(room, 3);
    assertThat(told.get(2).type()).isEqualTo(EventType.LEASE_RELEASED);
    assertThat(told.get(2).data(Lease.class).holder().name()).isEqualTo("Ana");
    assertThat(told.get(2).actor().id()).isEqualTo("ana");
  }

  @Test
  void whoMayNotWriteTheContextTakesNoLease() {
    Team team = Team.of("ana", "ben", "cyd", "dan");
    String room = room(team, "ben");
    take(team, "cyd", room, Map.of()).statusCode(403).body("code", equalTo("forbidden"));
    leases(team, "cyd", room).body("items", empty());
    String group = team.group("ana", "ben", "cyd");
    take(team, "ana", group, Map.of()).statusCode(422).body("code", equalTo("not_applicable"));
    take(team, "ana", room, Map.of("sessionId", "x".repeat(129)))
        .statusCode(400)
        .body("violations[0].field", equalTo("sessionId"));
    team.as("ana").post("/v1/conversations/" + room + "/leases/context").then().statusCode(201);
    team.as("ana").post("/v1/conversations/" + room + "/archive").then().statusCode(200);
    take(team, "ana", room, Map.of())
        .statusCode(409)
        .body("code", equalTo("conversation_archived"));
  }

  @Test
  void clientsAreToldOfNoLeases() {
    Team team = Team.of("ana");
    team.has("contact", "carl", 1, Map.of("name", "Carl", "client", true, "ownerId", "ana"));
    String customer =
        team.create("ana", Map.of("type", "client", "members", List.of("carl")))
            .extract()
            .path("id");
    leases(team, "ana", customer).body("items", empty());
    team.client("carl")
        .get("/v1/conversations/" + customer + "/leases")
        .then()
        .statusCode(403)
        .body("code", equalTo("forbidden"));
    team.client("dora")
        .get("/v1/conversations/" + customer + "/leases")
        .then()
        .statusCode(404)
        .body("code", equalTo("not_found"));
  }

  private static String room(Team team, String other) {
    String room = team.dealRoom("ana", "d1", DEAL);
    team.add("ana", room, Map.of("userId", other)).statusCode(201);
    return room;
  }

  private static ValidatableResponse take(
      Team team, String user, String room, Map<String, ?> body) {
    return team.as(user).body(body).post("/v1/conversations/" + room + "/leases/context").then();
  }

  private static ValidatableResponse giveUp(Team team, String user, String room) {
    return team.as(user).delete("/v1/conversations/" + room + "/leases/context").then();
  }

  private static ValidatableResponse leases(Team team, String user, String room) {
    return team.as(user).get("/v1/conversations/" + room + "/leases").then().statusCode(200);
  }

  private static void ended(Team team, String user, String session) {
    Envelope event =
        Envelope.of(
            EventType.SESSION_ENDED,
            team.tenant(),
            null,
            new Actor(user, "user", null, null),
            Instant.now(),
            new SessionEnded(user, session));
    Schemas.validate(Json.bytes(event));
    Wire.publish(Topics.PRESENCE, user, event);
  }

  /** As if its 30 s were over. */
  private void runOut(String room) {
    tx.read(
            "update lease set expires_at = clock_timestamp() - interval '1 ms' where"
                + " conversation_id = $1",
            Tuple.of(UUID.fromString(room)))
        .await()
        .atMost(SOON);
  }

  private static List<Envelope> told(String room, int count) {
    await().atMost(SOON).until(() -> leaseEvents(room).size() >= count);
    assertThat(leaseEvents(room)).hasSize(count);
    return leaseEvents(room);
  }

  private static List<Envelope> leaseEvents(String room) {
    return PlayedMessageService.told(room).stream()
        .filter(event -> event.type().startsWith("lease."))
        .toList();
  }
}
