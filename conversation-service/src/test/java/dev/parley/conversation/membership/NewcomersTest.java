package dev.parley.conversation.membership;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import dev.parley.conversation.Team;
import dev.parley.conversation.WithBackEnds;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Who may come in, and as what. */
@QuarkusTest
class NewcomersTest extends WithBackEnds {
  private static final String CONVERSATIONS = "/v1/conversations/";

  private static String clientGroup(Team team) {
    team.has("contact", "c1", 1, Map.of("client", true, "companyId", "acme"));
    team.has("contact", "c2", 1, Map.of("client", true, "companyId", "acme"));
    return team.create("ana", Map.of("type", "client_group", "members", List.of("c1", "c2", "ben")))
        .statusCode(201)
        .extract()
        .path("id");
  }

  private static ValidatableResponse role(Team team, String id, String user, String role) {
    return team.as("ana")
        .body(Map.of("role", role))
        .patch(CONVERSATIONS + id + "/members/" + team.memberId(id, "ana", user))
        .then();
  }

  @Test
  void aClientWhomOneMayNotSeeIsNoClient() {
    Team team = Team.of("ana", "ben");
    String id = clientGroup(team);
    team.has("contact", "open", 1, Map.of("client", true, "companyId", "acme"));
    team.tell(
        "contact",
        "secret",
        1,
        Map.of("client", true, "companyId", "acme", "visibleTo", List.of("cyd")));
    for (String client : List.of("secret", "nobody")) {
      team.add("ben", id, Map.of("clientId", client))
          .statusCode(422)
          .body("code", equalTo("unknown_reference"))
          .body("violations[0].field", equalTo("clientId"));
    }
    team.add("ben", id, Map.of("clientId", "open")).statusCode(201);
  }

  @Test
  void customersConversationsHaveNoRoles() {
    Team team = Team.of("ana", "ben", "cyd");
    String id = clientGroup(team);
    team.add("ana", id, Map.of("userId", "cyd", "role", "member"))
        .statusCode(422)
        .body("code", equalTo("not_applicable"))
        .body("violations[0].field", equalTo("role"));
    team.add("ana", id, Map.of("userId", "cyd")).statusCode(201);
    team.get("cyd", id).body("myRole", nullValue());
  }

  @Test
  void ourOwnNumberIsNotOutside() {
    Team team = Team.of("ana", "ben");
    String ours = team.number("ana");
    String id =
        team.create(
                "ana",
                Map.of(
                    "type",
                    "group",
                    "name",
                    "Mixed",
                    "members",
                    List.of("ben"),
                    "ownNumber",
                    ours,
                    "externalNumbers",
                    List.of("+15550100071")))
            .statusCode(201)
            .extract()
            .path("id");
    team.add("ana", id, Map.of("phoneNumber", ours))
        .statusCode(400)
        .body("violations[0].field", equalTo("phoneNumber"));
    team.get("ana", id).body("externalNumbers", contains("+15550100071"));
  }

  @Test
  void nobodyWhoIsDeactivatedBecomesOwner() {
    Team team = Team.of("ana", "ben", "cyd");
    String id = team.group("ana", "ben", "cyd");
    team.has("user", "ben", 2, Map.of("name", "Gone", "active", false));
    org.awaitility.Awaitility.await()
        .untilAsserted(
            () ->
                team.as("ana")
                    .get("/v1/directory?ids=ben")
                    .then()
                    .body("items[0].active", equalTo(false)));
    role(team, id, "ben", "owner")
        .statusCode(422)
        .body("code", equalTo("not_applicable"))
        .body("violations[0].field", equalTo("role"));
    team.get("ana", id).body("myRole", equalTo("owner"));
    role(team, id, "cyd", "owner").statusCode(200);
  }

  @Test
  void rolesOfAnArchivedConversationStayAsTheyAre() {
    Team team = Team.of("ana", "ben", "cyd");
    String id = team.group("ana", "ben", "cyd");
    team.as("ana").post(CONVERSATIONS + id + "/archive").then().statusCode(200);
    role(team, id, "ben", "admin").statusCode(409).body("code", equalTo("conversation_archived"));
    team.as("ana").post(CONVERSATIONS + id + "/unarchive").then().statusCode(200);
    role(team, id, "ben", "admin").statusCode(200);
  }

  @Test
  void whoComesBackFindsTheConversationWhereItWasHiddenBefore() {
    Team team = Team.of("ana", "ben", "cyd");
    String id = team.group("ana", "ben", "cyd");
    team.say(id, "ana", "before", "ben");
    team.as("ben")
        .body(Map.of("hidden", true))
        .put(CONVERSATIONS + id + "/preferences")
        .then()
        .statusCode(200);
    team.as("ana")
        .delete(CONVERSATIONS + id + "/members/" + team.memberId(id, "ana", "ben"))
        .then()
        .statusCode(204);
    team.add("ana", id, Map.of("userId", "ben")).statusCode(201);
    team.list("ben", "").body("items.id", contains(id));
  }

  @Test
  void theDirectWithSomebodyWhoIsGoneIsStillThere() {
    Team team = Team.of("ana", "ben");
    Map<String, Object> direct = Map.of("type", "direct", "members", List.of("ben"));
    String id = team.create("ana", direct).statusCode(201).extract().path("id");
    team.has("user", "ben", 2, Map.of("name", "Ben", "active", false));
    org.awaitility.Awaitility.await()
        .untilAsserted(() -> team.create("ana", direct).statusCode(200).body("id", equalTo(id)));
    team.create("ana", Map.of("type", "direct", "members", List.of("nobody"))).statusCode(422);
  }
}
