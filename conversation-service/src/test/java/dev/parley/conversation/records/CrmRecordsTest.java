package dev.parley.conversation.records;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import dev.parley.chassis.Wire;
import dev.parley.contracts.Schemas;
import dev.parley.contracts.Topics;
import dev.parley.conversation.Team;
import dev.parley.conversation.WithBackEnds;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class CrmRecordsTest extends WithBackEnds {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final Map<String, String> SERVICE = Map.of("roles", "service");

  @Test
  void aRecordToldByRestIsOnTheTopicUnderItsKeyAndThenFound() {
    Team team = Team.of("ana");
    put(team, "deal", "d1", Map.of("version", 1, "name", "Big", "value", 12.5, "currency", "EUR"))
        .statusCode(202);
    team.admin("root")
        .body(Map.of("version", 1, "name", "Acme"))
        .put("/v1/crm/records/company/acme")
        .then()
        .statusCode(202);
    titled(team, "deal:d1", "Big");
    titled(team, "company:acme", "Acme");
    team.as("ana")
        .get("/v1/records?refs=deal:d1,deal:none")
        .then()
        .statusCode(200)
        .body("items[0].accessible", equalTo(true))
        .body("items[0].fields.label", contains("Value"))
        .body("items[0].fields.value", contains("12.5 EUR"))
        .body("items[1].accessible", equalTo(false))
        .body("items[1].title", org.hamcrest.Matchers.nullValue());
    List<ConsumerRecord<String, byte[]>> told = told(team);
    assertThat(told)
        .extracting(ConsumerRecord::key)
        .containsExactlyInAnyOrder(team.tenant() + "/deal/d1", team.tenant() + "/company/acme");
    told.forEach(record -> Schemas.validateCrmRecord(record.value()));
  }

  @Test
  void aNewVersionReplacesTheWholeRecordAndAnOlderOneNothing() {
    Team team = Team.of("ana");
    put(team, "deal", "d1", Map.of("version", 5, "name", "Big", "stage", "won")).statusCode(202);
    titled(team, "deal:d1", "Big");
    put(team, "deal", "d1", Map.of("version", 4, "name", "Old")).statusCode(202);
    put(team, "deal", "d1", Map.of("version", 6, "name", "Bigger")).statusCode(202);
    titled(team, "deal:d1", "Bigger");
    team.as("ana")
        .get("/v1/records?refs=deal:d1")
        .then()
        .body("items[0].fields", org.hamcrest.Matchers.nullValue());
  }

  @Test
  void aDeletionIsAVersionLikeAnyOther() {
    Team team = Team.of("ana");
    put(team, "deal", "d1", Map.of("version", 1, "name", "Big")).statusCode(202);
    titled(team, "deal:d1", "Big");
    team.as("crm", SERVICE).delete("/v1/crm/records/deal/d1?version=3").then().statusCode(202);
    gone(team, "deal:d1");
    put(team, "deal", "d1", Map.of("version", 2, "name", "Late")).statusCode(202);
    put(team, "deal", "d2", Map.of("version", 1, "name", "Marker")).statusCode(202);
    titled(team, "deal:d2", "Marker");
    gone(team, "deal:d1");
    put(team, "deal", "d1", Map.of("version", 4, "name", "Again")).statusCode(202);
    titled(team, "deal:d1", "Again");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void recordsShuffledAndDoubledOverBothTopicsEndAsInOrder(long seed) {
    Team team = Team.of("ana");
    Random random = new Random(seed);
    List<Runnable> tellings = new ArrayList<>();
    Map<String, String> expected = new HashMap<>();
    for (int record = 0; record < 8; record++) {
      String id = "d" + record;
      int last = 1 + random.nextInt(12);
      boolean deleted = random.nextBoolean();
      for (int version = 1; version <= last; version++) {
        Map<String, Object> fields = new HashMap<>(Map.of("name", id + " v" + version));
        fields.put("op", deleted && version == last ? "delete" : "upsert");
        int v = version;
        for (int times = 0; times < 2; times++) {
          boolean own = random.nextBoolean();
          tellings.add(() -> tell(team, own, id, v, fields));
        }
      }
      expected.put(id, deleted ? null : id + " v" + last);
    }
    Collections.shuffle(tellings, random);
    tellings.forEach(Runnable::run);
    expected.forEach(
        (id, title) -> {
          if (title == null) {
            gone(team, "deal:" + id);
          } else {
            titled(team, "deal:" + id, title);
          }
        });
    await()
        .pollDelay(Duration.ofMillis(300))
        .atMost(SOON)
        .untilAsserted(
            () ->
                expected.forEach(
                    (id, title) ->
                        assertThat(
                                team.as("ana")
                                    .get("/v1/records?refs=deal:" + id)
                                    .<String>path("items[0].title"))
                            .isEqualTo(title)));
  }

  @Test
  void aBatchIsTakenWholeOrNotAtAll() {
    Team team = Team.of("ana");
    Map<String, Object> good = Map.of("type", "deal", "id", "d1", "version", 1, "name", "One");
    Map<String, Object> gone = Map.of("op", "delete", "type", "deal", "id", "d2", "version", 1);
    batch(team, List.of(good, Map.of("type", "deal", "id", "d3")))
        .statusCode(400)
        .body("violations[0].field", equalTo("items[1].version"));
    batch(team, List.of(good, gone)).statusCode(202).body("accepted", equalTo(2));
    titled(team, "deal:d1", "One");
    assertThat(told(team)).hasSize(2);
    batch(team, List.of()).statusCode(400).body("violations[0].field", equalTo("items"));
    batch(team, Collections.nCopies(501, good))
        .statusCode(400)
        .body("violations[0].field", equalTo("items"));
    batch(team, Collections.nCopies(500, good)).statusCode(202);
    team.as("crm", SERVICE)
        .body(Map.of("items", List.of(good)))
        .urlEncodingEnabled(false)
        .post("/v1/crm/records%3Abatch")
        .then()
        .statusCode(202);
  }

  @Test
  void theHighestVersionIsTaken() {
    Team team = Team.of("ana");
    put(team, "deal", "d1", Map.of("version", 9007199254740991L, "name", "Top")).statusCode(202);
    titled(team, "deal:d1", "Top");
  }

  @Test
  void onlyTheCrmTellsOfRecords() {
    Team team = Team.of();
    for (String role : List.of("user", "client", "supervisor")) {
      team.as("eve", Map.of("roles", role))
          .body(Map.of("version", 1))
          .put("/v1/crm/records/deal/d1")
          .then()
          .statusCode(403)
          .body("code", equalTo("forbidden"));
    }
    team.as("crm", SERVICE)
        .delete("/v1/crm/records/deal/d1")
        .then()
        .statusCode(400)
        .body("violations[0].field", equalTo("version"));
  }

  @Test
  void aRecordIsSeenByWhomItIsVisibleToAndAssignedOnlyUsersSeeTheirs() {
    Team team = Team.of("ana", "ben");
    team.has("company", "acme", 1, Map.of("name", "Acme", "accountTeam", List.of("ben")));
    team.tell("deal", "d1", 1, Map.of("name", "Narrow", "visibleTo", List.of("ana")));
    team.has("deal", "d2", 1, Map.of("name", "Acme's", "companyId", "acme"));
    team.has("deal", "d3", 1, Map.of("name", "Else", "ownerId", "ana"));
    titled(team, "deal:d1", "Narrow");
    Map<String, String> assignedOnly = Map.of("roles", "user", "assigned_data_only", "true");
    assertThat(accessible(team, "ben", Map.of("roles", "user"))).containsExactly(false, true, true);
    assertThat(accessible(team, "ben", assignedOnly)).containsExactly(false, true, false);
    assertThat(accessible(team, "ana", assignedOnly)).containsExactly(false, false, true);
    team.as("ben").get("/v1/records?type=deal&q=acme").then().body("items.id", contains("d2"));
    Team.of("ana").as("ana").get("/v1/records?type=deal").then().body("items", empty());
    team.as("ana").get("/v1/records").then().statusCode(400);
    team.as("cli", Map.of("roles", "client")).get("/v1/records?type=deal").then().statusCode(403);
  }

  @Test
  void recordsOfATypeComeInPagesAndUpToTwoHundredByReference() {
    Team team = Team.of("ana");
    for (String id : List.of("d3", "d1", "d2")) {
      team.has("deal", id, 1, Map.of("name", "Deal " + id));
    }
    String next =
        team.as("ana")
            .get("/v1/records?type=deal&limit=2")
            .then()
            .body("items.id", contains("d1", "d2"))
            .extract()
            .path("next");
    team.as("ana")
        .get("/v1/records?type=deal&limit=2&cursor=" + next)
        .then()
        .body("items.id", contains("d3"))
        .body("next", org.hamcrest.Matchers.nullValue());
    team.as("ana")
        .get("/v1/records?type=contact&cursor=" + next)
        .then()
        .statusCode(400)
        .body("violations[0].field", equalTo("cursor"));
    String refs = String.join(",", Collections.nCopies(200, "deal:d1"));
    team.as("ana").get("/v1/records?refs=" + refs).then().body("items", hasSize(200));
    for (String wrong : List.of(refs + ",deal:d1", "deal", "deal:", ":d1")) {
      team.as("ana")
          .get("/v1/records?refs=" + wrong)
          .then()
          .statusCode(400)
          .body("violations[0].field", equalTo("refs"));
    }
  }

  private static List<Boolean> accessible(Team team, String user, Map<String, String> token) {
    return team.as(user, token)
        .get("/v1/records?refs=deal:d1,deal:d2,deal:d3")
        .then()
        .body("items", hasSize(3))
        .extract()
        .path("items.accessible");
  }

  private static void tell(
      Team team, boolean own, String id, int version, Map<String, Object> fields) {
    if (own) {
      team.tell("deal", id, version, fields);
      return;
    }
    Map<String, Object> record = new HashMap<>(fields);
    record.putAll(Map.of("tenant", team.tenant(), "type", "deal", "id", id, "version", version));
    Wire.publish(Topics.PARLEY_CRM_RECORDS, team.tenant() + "/deal/" + id, record);
  }

  private static ValidatableResponse put(Team team, String type, String id, Map<String, ?> body) {
    return team.as("crm", SERVICE).body(body).put("/v1/crm/records/" + type + "/" + id).then();
  }

  private static ValidatableResponse batch(Team team, List<Map<String, Object>> items) {
    return team.as("crm", SERVICE)
        .body(Map.of("items", items))
        .urlEncodingEnabled(false)
        .post("/v1/crm/records:batch")
        .then();
  }

  private static List<ConsumerRecord<String, byte[]>> told(Team team) {
    return Wire.all(Topics.PARLEY_CRM_RECORDS.name()).stream()
        .filter(record -> record.key().startsWith(team.tenant() + "/"))
        .filter(record -> !new String(record.value(), StandardCharsets.UTF_8).isEmpty())
        .toList();
  }

  private static void titled(Team team, String ref, String title) {
    await()
        .atMost(SOON)
        .pollInterval(Duration.ofMillis(20))
        .untilAsserted(
            () ->
                team.as("ana")
                    .get("/v1/records?refs=" + ref)
                    .then()
                    .body("items[0].title", equalTo(title)));
  }

  private static void gone(Team team, String ref) {
    await()
        .atMost(SOON)
        .pollInterval(Duration.ofMillis(20))
        .untilAsserted(
            () ->
                team.as("ana")
                    .get("/v1/records?refs=" + ref)
                    .then()
                    .body("items[0].accessible", equalTo(false)));
  }
}
