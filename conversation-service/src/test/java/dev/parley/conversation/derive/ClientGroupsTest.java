package dev.parley.conversation.derive;

import static dev.parley.conversation.derive.Crm.soon;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import dev.parley.conversation.Team;
import dev.parley.conversation.WithBackEnds;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ClientGroupsTest extends WithBackEnds {
  private static Team team() {
    Team team = Team.of("ana", "ben", "root");
    team.has("contact", "c1", 1, of("acme"));
    team.has("contact", "c2", 1, of("acme"));
    team.has("contact", "c3", 1, of("globex"));
    return team;
  }

  private static Map<String, Object> of(String company) {
    return Map.of("client", true, "companyId", company);
  }

  @Test
  void itIsForClientsOfOneCompanyAndUsers() {
    Team team = team();
    String id =
        Crm.open(
                team,
                Map.of(
                    "type", "client_group", "name", "Two", "members", List.of("c1", "c2", "ben")))
            .statusCode(201)
            .body("memberCount", equalTo(4))
            .body("frozen", nullValue())
            .extract()
            .path("id");
    Crm.has(team, id, "client:c1", "client:c2", "user:ben", "user:root");
    Crm.open(team, Map.of("type", "client_group", "members", List.of("c1", "c3")))
        .statusCode(422)
        .body("code", equalTo("different_companies"))
        .body("violations[0].field", equalTo("members[1]"));
    Crm.open(team, Map.of("type", "client_group", "members", List.of("c1", "ben")))
        .statusCode(400)
        .body("violations[0].field", equalTo("members"));
    Crm.open(team, Map.of("type", "client_group", "members", List.of("c1", "nobody")))
        .statusCode(422)
        .body("code", equalTo("unknown_reference"))
        .body("violations[0].field", equalTo("members[1]"));
  }

  @Test
  void oneThatNoLongerFitsIsFrozenAndSaysWhyUntilItFitsAgain() {
    Team team = team();
    String id =
        Crm.open(team, Map.of("type", "client_group", "members", List.of("c1", "c2")))
            .statusCode(201)
            .extract()
            .path("id");
    team.tell("contact", "c2", 2, of("globex"));
    soon()
        .until(
            () -> team.admin("root").get("/v1/conversations/" + id).path("frozen"),
            "Its clients are no longer of one company."::equals);
    Crm.has(team, id, "client:c1", "client:c2", "user:root");
    team.tell("contact", "c2", 3, of("acme"));
    soon().until(() -> team.admin("root").get("/v1/conversations/" + id).path("frozen") == null);
  }

  @Test
  void whoIsDeletedLeavesIt() {
    Team team = team();
    String id =
        Crm.open(team, Map.of("type", "client_group", "members", List.of("c1", "c2")))
            .statusCode(201)
            .extract()
            .path("id");
    team.tell("contact", "c2", 2, Map.of("op", "delete"));
    Crm.has(team, id, "client:c1", "user:root");
  }
}
