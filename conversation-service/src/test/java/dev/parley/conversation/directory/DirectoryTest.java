package dev.parley.conversation.directory;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import dev.parley.conversation.Team;
import dev.parley.conversation.WithBackEnds;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
class DirectoryTest extends WithBackEnds {
  @Test
  void peopleAreFoundByThePrefixOfAnyWordOfTheirNameOrOfTheirAddress() {
    Team team = Team.of("ana");
    team.tell(
        "user",
        "u1",
        1,
        Map.of("name", "José  da Silva", "email", "jose@acme.test", "avatarUrl", "data:,x"));
    team.tell("user", "u2", 1, Map.of("name", "Silvia Ren", "avatarUrl", "https://x.test/a"));
    team.known("u1", "u2");
    find(team, "q=silv").body("items.id", contains("u1", "u2"));
    find(team, "q=JOSE").body("items.id", contains("u1"));
    find(team, "q=da sil").body("items.id", contains("u1"));
    find(team, "q=jose@ac")
        .body("items.id", contains("u1"))
        .body("items[0].email", equalTo("jose@acme.test"))
        .body("items[0].avatarUrl", nullValue());
    find(team, "q=ren")
        .body("items[0].avatarUrl", equalTo("https://x.test/a"))
        .body("items[0].kind", equalTo("user"))
        .body("items[0].active", equalTo(true));
    find(team, "q=ilv").body("items", empty());
    find(team, "q=%25").body("items", empty());
    find(Team.of("ana"), "q=silv").body("items", empty());
  }

  @Test
  void whoActsFromAnAgencyLooksUpUsersAlone() {
    Team team = Team.of("ana");
    team.tell("user", "agi", 1, Map.of("name", "Agi", "roles", List.of("agency")));
    team.known("agi");
    team.has("contact", "c1", 1, Map.of("name", "Ana Client", "client", true));
    for (String query : List.of("q=ana", "q=ana&kind=user", "ids=ana,c1")) {
      team.as("agi", Map.of("roles", "agency"))
          .get("/v1/directory?" + query)
          .then()
          .statusCode(200)
          .body("items.id", contains("ana"));
    }
    team.as("agi", Map.of("roles", "agency"))
        .get("/v1/directory?kind=client")
        .then()
        .statusCode(403);
    team.client("c1").get("/v1/directory?q=ana").then().statusCode(403);
  }

  @Test
  void anOldNameIsForgotten() {
    Team team = Team.of("ana", "ben");
    team.tell("user", "ben", 2, Map.of("name", "Benjamin Old"));
    team.tell("user", "ben", 3, Map.of("name", "Bo", "active", false));
    team.tell("user", "cyd", 1, Map.of("name", "Cyd"));
    team.known("cyd");
    org.awaitility.Awaitility.await()
        .untilAsserted(() -> find(team, "q=bo").body("items.id", contains("ben")));
    find(team, "q=old").body("items", empty());
    find(team, "ids=ben").body("items[0].active", equalTo(false));
  }

  @Test
  void eightComeUnlessMoreAreAskedFor() {
    Team team = Team.of("ana");
    String[] users = IntStream.range(0, 10).mapToObj(i -> "u" + i).toArray(String[]::new);
    for (String user : users) {
      team.tell("user", user, 1, Map.of("name", "Person " + user));
    }
    team.known(users);
    find(team, "q=person").body("items", hasSize(8));
    find(team, "q=person&limit=200").body("items", hasSize(10));
  }

  @Test
  void clientsAreContactsThatMayLogIn() {
    Team team = Team.of("ana");
    team.has("contact", "c1", 1, Map.of("name", "Zoe", "client", true));
    team.has("contact", "c2", 1, Map.of("name", "Zora"));
    team.has("company", "acme", 1, Map.of("name", "Zebra"));
    find(team, "kind=client&q=z").body("items.id", contains("c1"));
    find(team, "kind=company&q=z").body("items.id", contains("acme"));
    find(team, "kind=user&q=z").body("items", empty());
    find(team, "q=z")
        .body("items.id", contains("acme", "c1"))
        .body("items.kind", contains("company", "client"));
    find(team, "ids=c1,ana,acme,c2").body("items.kind", contains("client", "user", "company"));
    find(team, "ids=c1,ana,acme&kind=company").body("items.id", contains("acme"));
  }

  @Test
  void byIdTheyComeInTheOrderAskedFor() {
    Team team = Team.of("ana", "ben");
    find(team, "ids=ben,nobody,ana").body("items.id", contains("ben", "ana"));
  }

  @Test
  void aDeletedUserIsInactiveAndStillKnownByName() {
    Team team = Team.of("ana", "ben");
    team.tell("user", "ben", 2, Map.of("op", "delete"));
    org.awaitility.Awaitility.await()
        .untilAsserted(() -> find(team, "ids=ben").body("items[0].active", equalTo(false)));
    find(team, "ids=ben").body("items[0].name", equalTo("Ben"));
    find(team, "q=ben").body("items", empty());
  }

  @Test
  void pagesGoOnWhereTheLastOneEnded() {
    Team team = Team.of("ana");
    for (String user : new String[] {"u3", "u1", "u2"}) {
      team.tell(
          "user", user, 1, Map.of("name", "Person " + user.toUpperCase(java.util.Locale.ROOT)));
    }
    team.has("company", "p", 1, Map.of("name", "person company"));
    team.known("u1", "u2", "u3");
    String next =
        find(team, "q=person&limit=2").body("items.id", contains("p", "u1")).extract().path("next");
    String end =
        find(team, "q=person&limit=2&cursor=" + next)
            .body("items.id", contains("u2", "u3"))
            .extract()
            .path("next");
    org.assertj.core.api.Assertions.assertThat(end).isNull();
    team.as("ana")
        .get("/v1/directory?q=pers&cursor=" + next)
        .then()
        .statusCode(400)
        .body("violations[0].field", equalTo("cursor"));
  }

  @Test
  void twoHundredIdsComeAndOneMoreIsRefused() {
    Team team = Team.of("ana");
    String ids =
        IntStream.range(0, 199)
            .mapToObj(i -> "u" + i)
            .collect(java.util.stream.Collectors.joining(","));
    find(team, "ids=ana," + ids).body("items.id", contains("ana"));
    team.as("ana")
        .get("/v1/directory?ids=ana,ben," + ids)
        .then()
        .statusCode(400)
        .body("violations[0].field", equalTo("ids"));
  }

  @ParameterizedTest
  @CsvSource({"kind=robot, kind", "limit=201, limit", "ids=a b, ids"})
  void whatIsWrongIsNamed(String query, String field) {
    Team.of()
        .as("ana")
        .get("/v1/directory?" + query)
        .then()
        .statusCode(400)
        .body("violations[0].field", equalTo(field));
  }

  @Test
  void itIsNotForClients() {
    Team.of()
        .as("cli", Map.of("roles", "client"))
        .get("/v1/directory?q=a")
        .then()
        .statusCode(403)
        .body("code", equalTo("forbidden"));
  }

  @Test
  void meIsWhoTheTokenSays() {
    Team team = Team.of();
    team.as("ana", Map.of("roles", "user,admin", "name", "Ana B", "impersonator", "boss"))
        .get("/v1/me")
        .then()
        .statusCode(200)
        .body("id", equalTo("ana"))
        .body("kind", equalTo("user"))
        .body("tenant", equalTo(team.tenant()))
        .body("roles", contains("admin", "user"))
        .body("name", equalTo("Ana B"))
        .body("impersonator", equalTo("boss"));
    Team.of("ana")
        .as("ana", Map.of("roles", "user", "name", "as the token has it"))
        .get("/v1/me")
        .then()
        .body("name", equalTo("Ana"));
    team.as("ana", Map.of("roles", "user,client"))
        .get("/v1/me")
        .then()
        .statusCode(403)
        .body("code", equalTo("ambiguous_principal"));
  }

  private static ValidatableResponse find(Team team, String query) {
    return team.as("ana").get("/v1/directory?" + query).then().statusCode(200);
  }
}
