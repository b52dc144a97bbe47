package dev.parley.conversation.create;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import dev.parley.conversation.Team;
import dev.parley.conversation.WithBackEnds;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ClientGroupTest extends WithBackEnds {
  @Test
  void clientsOfOneCompanyAreTogetherWithWhoAskedThemIn() {
    Team team = team();
    String group =
        team.create("ana", Map.of("type", "client_group", "members", List.of("carl", "cleo")))
            .statusCode(201)
            .body("title", equalTo("Carl, Cleo"))
            .body("participants.kind", contains("user", "client", "client"))
            .body("myRole", nullValue())
            .extract()
            .path("id");
    team.client("carl").get("/v1/conversations/" + group).then().statusCode(200);
    team.get("ben", group).statusCode(200).body("mySource", nullValue());
    team.add("ben", group, Map.of("members", List.of(Map.of("clientId", "cem"))))
        .statusCode(201)
        .body("items[0].clientId", equalTo("cem"))
        .body("items[0].role", nullValue())
        .body("items[0].visibleFromSeq", equalTo(1));
    team.add("ben", group, Map.of("clientId", "otto"))
        .statusCode(422)
        .body("code", equalTo("different_companies"))
        .body("violations[0].field", equalTo("clientId"));
    team.add("ben", group, Map.of("userId", "ben")).statusCode(201);
    team.as("ben").delete("/v1/conversations/" + group + "/members/me").then().statusCode(204);
  }

  @Test
  void clientsOfTwoCompaniesAndWhoIsNoClientAreRefusedByName() {
    Team team = team();
    refused(team, 422, "different_companies", "members[1]", "carl", "otto");
    refused(team, 422, "unknown_reference", "members[1]", "carl", "nobody");
    refused(team, 422, "unknown_reference", "members[0]", "phil", "carl");
    refused(team, 400, "invalid_request", "members", "carl");
  }

  private static void refused(Team team, int status, String code, String field, String... members) {
    team.create("ana", Map.of("type", "client_group", "members", List.of(members)))
        .statusCode(status)
        .body("code", equalTo(code))
        .body("violations[0].field", equalTo(field));
  }

  private static Team team() {
    Team team = Team.of("ana", "ben");
    for (String client : List.of("carl", "cleo", "cem")) {
      contact(team, client, "acme", true);
    }
    contact(team, "otto", "other", true);
    contact(team, "phil", "acme", false);
    return team;
  }

  private static void contact(Team team, String id, String company, boolean client) {
    team.tell(
        "contact", id, 1, Map.of("name", Team.nameOf(id), "client", client, "companyId", company));
  }
}
