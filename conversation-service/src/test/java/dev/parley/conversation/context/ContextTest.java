package dev.parley.conversation.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.anEmptyMap;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import dev.parley.contracts.Envelope;
import dev.parley.contracts.EventType;
import dev.parley.contracts.event.Context;
import dev.parley.contracts.event.DealBar;
import dev.parley.conversation.PlayedMessageService;
import dev.parley.conversation.Team;
import dev.parley.conversation.WithBackEnds;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
class ContextTest extends WithBackEnds {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final Map<String, Object> DEAL =
      Map.of(
          "name", "Launch",
          "stage", "Offer",
          "value", 12.5,
          "currency", "EUR",
          "closeDate", "2026-06-30",
          "ownerId", "ana",
          "companyId", "acme",
          "url", "https://crm.example/d1");

  @Test
  void aNewRoomHasTheDealAsTheCrmHasItAndNothingElse() {
    Team team = Team.of("ana");
    team.has("company", "acme", 1, Map.of("name", "Acme"));
    String room = team.dealRoom("ana", "d1", DEAL);
    get(team, "ana", room)
        .statusCode(200)
        .header("ETag", "\"1\"")
        .body("version", equalTo(1))
        .body("links", empty())
        .body("topic", nullValue())
        .body("changedBy", nullValue())
        .body("readers", nullValue())
        .body("deal.id", equalTo("d1"))
        .body("deal.accessible", equalTo(true))
        .body("deal.name", equalTo("Launch"))
        .body("deal.stage", equalTo("Offer"))
        .body("deal.value", equalTo(12.5f))
        .body("deal.currency", equalTo("EUR"))
        .body("deal.closeDate", equalTo("2026-06-30"))
        .body("deal.ownerId", equalTo("ana"))
        .body("deal.companyId", equalTo("acme"))
        .body("deal.companyName", equalTo("Acme"))
        .body("deal.url", equalTo("https://crm.example/d1"));
  }

  @Test
  void whatIsWrittenIsReadUnderANewVersionAndTold() {
    Team team = Team.of("ana", "ben");
    String room = team.dealRoom("ana", "d1", DEAL);
    team.add("ana", room, Map.of("userId", "ben")).statusCode(201);
    put(
            team,
            "ben",
            room,
            "\"1\"",
            Map.of(
                "topic",
                " Price ",
                "note",
                "Not below 120k",
                "links",
                List.of(
                    "HTTPS://docs.example/offer",
                    Map.of("url", "mailto:legal@acme.example", "title", "Legal"),
                    "tel:+15550100001")))
        .statusCode(200)
        .header("ETag", "\"2\"")
        .body("version", equalTo(2));
    get(team, "ana", room)
        .body("topic", equalTo("Price"))
        .body("note", equalTo("Not below 120k"))
        .body("links[0]", equalTo("https://docs.example/offer"))
        .body("links[1].url", equalTo("mailto:legal@acme.example"))
        .body("links[1].title", equalTo("Legal"))
        .body("links[2]", equalTo("tel:+15550100001"))
        .body("changedBy.id", equalTo("ben"))
        .body("changedBy.name", equalTo("Ben"))
        .body("changedAt", not(nullValue()));
    Context told = contexts(room, 1).get(0);
    assertThat(told.version()).isEqualTo(2);
    assertThat(told.topic()).isEqualTo("Price");
    assertThat(told.deal().name()).isEqualTo("Launch");
    assertThat(told.readers().users()).containsExactly("ana", "ben");
    assertThat(told.readers().linked()).containsExactly("ana");

    put(team, "ana", room, "\"2\"", Map.of()).statusCode(200).body("topic", nullValue());
    get(team, "ana", room).body("links", empty()).body("note", nullValue());
    put(team, "ana", room, "\"3\"", Map.of()).body("version", equalTo(3));
    assertThat(contexts(room, 2)).extracting(Context::version).containsExactly(2L, 3L);
  }

  @Test
  void nobodyWritesWithoutHavingReadTheNewest() {
    Team team = Team.of("ana", "ben");
    String room = team.dealRoom("ana", "d1", DEAL);
    put(team, "ana", room, null, Map.of("topic", "x"))
        .statusCode(428)
        .body("code", equalTo("precondition_required"));
    put(team, "ana", room, "one", Map.of("topic", "x"))
        .statusCode(400)
        .body("violations[0].field", equalTo("If-Match"));
    put(team, "ana", room, "\"1\"", Map.of("topic", "first")).statusCode(200);
    put(team, "ana", room, "\"1\"", Map.of("topic", "second"))
        .statusCode(409)
        .body("code", equalTo("version_conflict"))
        .body("current.version", equalTo(2))
        .body("current.topic", equalTo("first"))
        .body("current.changedBy.name", equalTo("Ana"))
        .body("current.deal.name", equalTo("Launch"));
    get(team, "ana", room).body("topic", equalTo("first"));
  }

  @Test
  void ofFiftyWhoHaveReadTheSameVersionOneWrites() {
    Team team = Team.of("ana");
    String room = team.dealRoom("ana", "d1", DEAL);
    ExecutorService threads = Executors.newFixedThreadPool(50);
    try {
      List<CompletableFuture<Integer>> answers = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        Map<String, String> body = Map.of("topic", "by " + i);
        answers.add(
            CompletableFuture.supplyAsync(
                () -> put(team, "ana", room, "\"1\"", body).extract().statusCode(), threads));
      }
      List<Integer> statuses = answers.stream().map(CompletableFuture::join).toList();
      assertThat(statuses).filteredOn(status -> status == 200).hasSize(1);
      assertThat(statuses).filteredOn(status -> status == 409).hasSize(49);
    } finally {
      threads.shutdown();
    }
    get(team, "ana", room).body("version", equalTo(2));
    assertThat(contexts(room, 1)).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'links': ['javascript:alert(1)']}                       | links[0]",
        "{'links': ['https://a.example', 'ftp://a.example']}       | links[1]",
        "{'links': ['https://']}                                   | links[0]",
        "{'links': ['//a.example']}                                | links[0]",
        "{'links': ['mailto:']}                                    | links[0]",
        "{'links': ['https://a.example/ b']}                       | links[0]",
        "{'links': [7]}                                            | links[0]",
        "{'links': [{'title': 'x'}]}                               | links[0].url",
        "{'links': [{'url': 'data:text/html,x'}]}                  | links[0].url",
        "{'links': [{'url': 'https://a.example', 'title': 7}]}     | links[0].title",
        "{'topic': 7}                                              | topic"
      })
  void whatIsWrongIsNamed(String body, String field) {
    Team team = Team.of("ana");
    String room = team.dealRoom("ana", "d1", DEAL);
    team.as("ana")
        .header("If-Match", "\"1\"")
        .body(body.replace('\'', '"'))
        .put("/v1/conversations/" + room + "/context")
        .then()
        .statusCode(400)
        .body("violations[0].field", equalTo(field));
  }

  @Test
  void whatTheCrmChangesIsToldOnceAndOnlyIfTheBarIsAnother() {
    Team team = Team.of("ana");
    team.has("company", "acme", 1, Map.of("name", "Acme"));
    String room = team.dealRoom("ana", "d1", DEAL);
    Map<String, Object> won = new java.util.HashMap<>(DEAL);
    won.put("stage", "Won");
    team.tell("deal", "d1", 3, won);
    team.tell("deal", "d1", 3, won);
    team.tell("deal", "d1", 2, DEAL);
    DealBar bar = contexts(room, 1).get(0).deal();
    assertThat(bar.stage()).isEqualTo("Won");
    assertThat(bar.value()).isEqualByComparingTo(new BigDecimal("12.5"));
    assertThat(bar.companyName()).isEqualTo("Acme");
    get(team, "ana", room).body("deal.stage", equalTo("Won")).body("version", equalTo(1));

    team.tell("deal", "d1", 4, won);
    team.tell("company", "acme", 2, Map.of("name", "Acme Europe"));
    assertThat(contexts(room, 2).get(1).deal().companyName()).isEqualTo("Acme Europe");
    team.tell("deal", "d1", 5, Map.of("op", "delete"));
    Context gone = contexts(room, 3).get(2);
    assertThat(gone.deal()).isEqualTo(DealBar.hidden("d1"));
    assertThat(gone.readers().users()).isEmpty();
    assertThat(gone.version()).isEqualTo(1);
    get(team, "ana", room).statusCode(200).body("deal.accessible", equalTo(false));
  }

  @Test
  void aMemberWithoutTheRightToSeeTheDealGetsItsIdAlone() {
    Team team = Team.of("ana", "ben", "cyd");
    team.tell("user", "cyd", 2, Map.of("name", "Cyd", "assignedDataOnly", true));
    team.has("company", "acme", 1, Map.of("name", "Acme"));
    String room = team.dealRoom("ana", "d1", DEAL);
    team.add("ana", room, Map.of("userId", "ben")).statusCode(201);
    team.add("ana", room, Map.of("userId", "cyd")).statusCode(201);
    Map<String, Object> narrow = new java.util.HashMap<>(DEAL);
    narrow.put("visibleTo", List.of("ana", "cyd"));
    team.tell("deal", "d1", 2, narrow);
    Context told = contexts(room, 1).get(0);
    assertThat(told.readers().users()).containsExactly("ana");
    assertThat(told.readers().linked()).containsExactly("ana");
    get(team, "ben", room)
        .statusCode(200)
        .body("deal.id", equalTo("d1"))
        .body("deal.accessible", equalTo(false))
        .body("deal.findAll { it.key != 'id' && it.key != 'accessible' }", anEmptyMap());
    team.get("ana", room).body("title", equalTo("Launch"));
    team.get("ben", room).body("title", equalTo("Ana, Cyd"));
    put(team, "ben", room, "\"1\"", Map.of("topic", "mine"))
        .statusCode(200)
        .body("deal.accessible", equalTo(false))
        .body("topic", equalTo("mine"));
  }

  @Test
  void whoSeesTheDealReadsAndWhoTakesPartWrites() {
    Team team = Team.of("ana", "ben");
    String room = team.dealRoom("ana", "d1", DEAL);
    get(team, "ben", room).statusCode(200).body("deal.name", equalTo("Launch"));
    put(team, "ben", room, "\"1\"", Map.of("topic", "x"))
        .statusCode(403)
        .body("code", equalTo("forbidden"));
    var assigned = Map.of("roles", "user", "assigned_data_only", "true");
    team.as("ben", assigned).get("/v1/conversations/" + room + "/context").then().statusCode(404);
    team.as("ana").post("/v1/conversations/" + room + "/archive").then().statusCode(200);
    put(team, "ana", room, "\"1\"", Map.of("topic", "x"))
        .statusCode(409)
        .body("code", equalTo("conversation_archived"));
  }

  @Test
  void onlyDealRoomsHaveOne() {
    Team team = Team.of("ana", "ben", "cyd");
    String group = team.group("ana", "ben", "cyd");
    get(team, "ana", group).statusCode(422).body("code", equalTo("not_applicable"));
    put(team, "ana", group, "\"1\"", Map.of("topic", "x"))
        .statusCode(422)
        .body("code", equalTo("not_applicable"));
  }

  private static ValidatableResponse get(Team team, String user, String room) {
    return team.as(user).get("/v1/conversations/" + room + "/context").then();
  }

  private static ValidatableResponse put(
      Team team, String user, String room, String ifMatch, Map<String, ?> body) {
    var request = team.as(user).body(body);
    if (ifMatch != null) {
      request.header("If-Match", ifMatch);
    }
    return request.put("/v1/conversations/" + room + "/context").then();
  }

  /** What was told of the room's context, as soon as it is that often; each fits its schema. */
  private static List<Context> contexts(String room, int count) {
    await().atMost(SOON).until(() -> told(room).size() >= count);
    assertThat(told(room)).hasSize(count);
    return told(room);
  }

  private static List<Context> told(String room) {
    return PlayedMessageService.told(room).stream()
        .filter(event -> event.type().equals(EventType.CONTEXT_UPDATED))
        .map((Envelope event) -> event.data(Context.class))
        .toList();
  }
}
