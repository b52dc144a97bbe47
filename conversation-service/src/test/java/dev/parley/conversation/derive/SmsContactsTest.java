package dev.parley.conversation.derive;

import static dev.parley.conversation.derive.Crm.soon;
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
class SmsContactsTest extends WithBackEnds {
  private static final String THEIRS = "+15550100002";

  private static Map<String, Object> zoe(String owner, String... followers) {
    return Map.of(
        "name",
        "Zoe",
        "phones",
        List.of(THEIRS),
        "ownerId",
        owner,
        "followers",
        List.of(followers));
  }

  private static String sms(Team team) {
    return team.sms("ana", THEIRS);
  }

  @Test
  void theContactsPeopleComeAndGoAndTheHolderOfOurNumberStays() {
    Team team = Team.of("ana", "ben", "cyd", "dan");
    team.has("contact", "zoe", 1, zoe("ben", "cyd"));
    String id = sms(team);
    Crm.has(team, id, "phone:" + THEIRS, "user:ana", "user:ben", "user:cyd");
    team.tell("contact", "zoe", 2, zoe("dan", "dan"));
    Crm.has(team, id, "phone:" + THEIRS, "user:ana", "user:dan");
    team.get("ana", id)
        .body("contactId", equalTo("zoe"))
        .body("contactOwnerId", equalTo("dan"))
        .body("followers", contains("dan"));
    team.tell("contact", "zoe", 3, Map.of("op", "delete"));
    Crm.has(team, id, "phone:" + THEIRS, "user:ana");
  }

  @Test
  void aLaterOwnerOfTheNumberDoesNotGetIt() {
    Team team = Team.of("ana", "ben");
    String id = sms(team);
    team.has("contact", "zoe", 1, zoe("ben"));
    team.tell("user", "ana", 2, Map.of("name", "Anna"));
    soon()
        .until(() -> team.get("ana", id).extract().path("memberCount"), Integer.valueOf(2)::equals);
    Crm.has(team, id, "phone:" + THEIRS, "user:ana");
    team.get("ana", id).body("contactId", nullValue());
  }

  @Test
  void itGoesWithOurNumberFromHolderToHolder() {
    Team team = Team.of("ana", "ben");
    String ours = team.number("ana");
    String id =
        team.create("ana", Map.of("type", "sms", "externalNumbers", List.of(THEIRS)))
            .statusCode(201)
            .extract()
            .path("id");
    Crm.has(team, id, "phone:" + THEIRS, "user:ana");
    team.number(ours, true, "ben", 2);
    Crm.has(team, id, "phone:" + THEIRS, "user:ben");
    team.number(ours, true, "ana", 1);
    team.number(ours, true, null, 3);
    Crm.has(team, id, "phone:" + THEIRS);
  }

  @Test
  void aContactThatIsMergedLeavesItsConversationToTheOtherOne() {
    Team team = Team.of("ana", "ben", "cyd");
    team.has("contact", "zoe", 1, zoe("ben"));
    String id = sms(team);
    Crm.has(team, id, "phone:" + THEIRS, "user:ana", "user:ben");
    team.tell("contact", "zoe", 2, Map.of("name", "Zoe", "mergedInto", "zoe2"));
    team.tell("contact", "zoe2", 1, zoe("cyd"));
    Crm.has(team, id, "phone:" + THEIRS, "user:ana", "user:cyd");
    soon()
        .untilAsserted(
            () ->
                team.get("ana", id)
                    .body("contactId", equalTo("zoe2"))
                    .body("contactOwnerId", equalTo("cyd")));
  }
}
