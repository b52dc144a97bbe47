package dev.parley.conversation.membership;

import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import dev.parley.conversation.Team;
import dev.parley.conversation.WithBackEnds;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** No last owner is lost. */
@QuarkusTest
class SuccessionTest extends WithBackEnds {
  @Test
  void theLongestStandingAdminBeforeAnyMemberSucceedsWhoLeaves() {
    Team team = Team.of("ana", "ben", "cyd", "dan");
    String group = team.group("ana", "ben", "cyd", "dan");
    admin(team, group, "dan");
    leave(team, "ana", group);
    team.get("dan", group).body("myRole", equalTo("owner"));
    leave(team, "dan", group);
    team.get("ben", group).body("myRole", equalTo("owner"));
  }

  @Test
  void aDeactivatedOwnerIsSucceededByWhoIsActiveAndStaysAsAdmin() {
    Team team = Team.of("ana", "ben", "cyd");
    String group = team.group("ana", "ben", "cyd");
    String channel =
        team.create("ana", Map.of("type", "channel", "name", "alone")).extract().path("id");
    team.tell("user", "ben", 2, Map.of("name", "Ben", "active", false));
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () ->
                team.as("cyd")
                    .get("/v1/directory?ids=ben")
                    .then()
                    .body("items[0].active", equalTo(false)));
    team.tell("user", "ana", 2, Map.of("name", "Ana", "active", false));
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> team.get("cyd", group).body("myRole", equalTo("owner")));
    team.as("cyd")
        .get("/v1/conversations/" + group + "/members")
        .then()
        .body("items.find { it.userId == 'ana' }.role", equalTo("admin"))
        .body("items.find { it.userId == 'ben' }.role", equalTo("member"));
    team.as("cyd")
        .get("/v1/conversations/" + channel + "/members")
        .then()
        .body("items.find { it.userId == 'ana' }.role", equalTo("owner"));
  }

  @Test
  void anOlderDeactivationThatComesLateTakesNothingAway() {
    Team team = Team.of("ana", "ben", "cyd");
    String group = team.group("ana", "ben", "cyd");
    team.tell("user", "ana", 3, Map.of("name", "Ana"));
    team.tell("user", "ana", 2, Map.of("name", "Ana", "active", false));
    team.tell("user", "ana", 4, Map.of("name", "Anna"));
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () ->
                team.as("ben")
                    .get("/v1/directory?ids=ana")
                    .then()
                    .body("items[0].name", equalTo("Anna")));
    team.get("ana", group).body("myRole", equalTo("owner"));
  }

  private static void admin(Team team, String group, String user) {
    team.as("ana")
        .body(Map.of("role", "admin"))
        .patch("/v1/conversations/" + group + "/members/" + team.memberId(group, "ana", user))
        .then()
        .statusCode(200);
  }

  private static void leave(Team team, String user, String group) {
    team.as(user).delete("/v1/conversations/" + group + "/members/me").then().statusCode(204);
  }
}
