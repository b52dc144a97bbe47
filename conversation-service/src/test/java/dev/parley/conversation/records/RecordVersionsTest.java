package dev.parley.conversation.records;

import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import dev.parley.conversation.Team;
import dev.parley.conversation.WithBackEnds;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class RecordVersionsTest extends WithBackEnds {
  private static final Duration SOON = Duration.ofSeconds(30);

  @Test
  void theCrmSeesWhatHasArrivedDeletedOnesToo() {
    Team team = Team.of();
    team.has("deal", "d1", 4, Map.of("name", "One"));
    team.tell("deal", "d1", 3, Map.of("name", "Stale"));
    team.tell("deal", "d2", 7, Map.of("op", "delete"));
    team.has("company", "acme", 2, Map.of("name", "Acme"));
    await()
        .atMost(SOON)
        .untilAsserted(() -> list(team, "type=deal").body("items.id", contains("d1", "d2")));
    list(team, "type=deal")
        .body("items.version", contains(4, 7))
        .body("items.deleted", contains(false, true));
    list(team, "").body("items.type", contains("company", "deal", "deal"));
    list(team, "type=contact").body("items", empty()).body("next", nullValue());
    list(Team.of(), "").body("items", empty());
  }

  @Test
  void pagesGoOnWhereTheLastOneEndedAndAreTheirReadersAlone() {
    Team team = Team.of();
    for (String id : new String[] {"d3", "d1", "d2"}) {
      team.has("deal", id, 1, Map.of("name", id));
    }
    String next =
        list(team, "type=deal&limit=2")
            .body("items.id", contains("d1", "d2"))
            .extract()
            .path("next");
    list(team, "type=deal&limit=2&cursor=" + next)
        .body("items.id", contains("d3"))
        .body("next", nullValue());
    team.admin("root")
        .get("/v1/crm/records?type=deal&limit=2&cursor=" + next)
        .then()
        .statusCode(400)
        .body("violations[0].field", equalTo("cursor"));
  }

  @ParameterizedTest
  @CsvSource({"limit=0, limit", "limit=201, limit", "cursor=abc, cursor"})
  void whatIsWrongIsNamed(String query, String field) {
    Team.of()
        .as("crm", Map.of("roles", "service"))
        .get("/v1/crm/records?" + query)
        .then()
        .statusCode(400)
        .body("violations[0].field", equalTo(field));
  }

  @ParameterizedTest
  @ValueSource(strings = {"user", "client", "supervisor"})
  void itIsForTheCrmAlone(String role) {
    Team.of()
        .as("eve", Map.of("roles", role))
        .get("/v1/crm/records")
        .then()
        .statusCode(403)
        .body("code", equalTo("forbidden"));
  }

  private static ValidatableResponse list(Team team, String query) {
    return team.as("crm", Map.of("roles", "service"))
        .get("/v1/crm/records" + (query.isEmpty() ? "" : "?" + query))
        .then()
        .statusCode(200);
  }
}
