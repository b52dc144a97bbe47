package dev.parley.conversation.assign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import dev.parley.contracts.Envelope;
import dev.parley.conversation.PlayedMessageService;
import dev.parley.conversation.Team;
import dev.parley.conversation.WithBackEnds;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
class AssignmentTest extends WithBackEnds {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final String THEIRS = "+15550100052";
  private static final Map<String, String> ASSIGNED_ONLY =
      Map.of("roles", "user", "assigned_data_only", "true");

  @Test
  void assigneeAndFollowersBecomeMembersAndSeeItAndCeaseToWhenItIsAnothers() {
    Team team = Team.of("ana", "ben", "cyd");
    String sms = team.sms("ana", THEIRS);
    sees(team, "ben", sms, 404);
    put(team, "ana", sms, Map.of("assigneeId", "ben", "followers", List.of("cyd")))
        .statusCode(200)
        .body("assigneeId", equalTo("ben"))
        .body("followers", contains("cyd"))
        .body("version", equalTo(2));
    sees(team, "ben", sms, 200);
    sees(team, "cyd", sms, 200);
    team.as("ben").get("/v1/inboxes/assigned").then().body("items.id", contains(sms));
    members(team, sms, "ana", "ben", "cyd");

    put(team, "ana", sms, Map.of("followers", List.of()))
        .statusCode(200)
        .body("assigneeId", equalTo("ben"))
        .body("followers", nullValue());
    sees(team, "cyd", sms, 404);
    Map<String, Object> nobody = new HashMap<>();
    nobody.put("assigneeId", null);
    put(team, "ana", sms, nobody).statusCode(200).body("assigneeId", nullValue());
    sees(team, "ben", sms, 404);
    team.as("ben").get("/v1/inboxes/assigned").then().body("items", empty());
    members(team, sms, "ana");
    put(team, "ana", sms, nobody).statusCode(200).body("version", equalTo(4));
    assertThat(PlayedMessageService.told(sms))
        .extracting(Envelope::type)
        .containsExactly(
            "conversation.created",
            "conversation.updated",
            "member.add_requested",
            "member.add_requested",
            "conversation.updated",
            "member.remove_requested",
            "conversation.updated",
            "member.remove_requested");
    assertThat(PlayedMessageService.told(sms))
        .filteredOn(event -> event.type().equals("conversation.updated"))
        .as("nothing that clients see")
        .allMatch(Envelope::staffOnly);
  }

  @Test
  void withTheAnswerItBinds() {
    Team team = Team.of("ana", "ben");
    String sms = team.sms("ana", THEIRS);
    put(team, "ana", sms, Map.of("assigneeId", "ben"))
        .statusCode(200)
        .body("participants.id", hasItem("ben"));
    assertThat(PlayedMessageService.placed(sms))
        .extracting(Envelope::type)
        .containsOnlyOnce("member.added");
    team.as("ben", ASSIGNED_ONLY).get("/v1/conversations/" + sms).then().statusCode(200);
    Map<String, Object> nobody = new HashMap<>();
    nobody.put("assigneeId", null);
    put(team, "ana", sms, nobody).statusCode(200).body("participants.id", not(hasItem("ben")));
    assertThat(PlayedMessageService.placed(sms))
        .extracting(Envelope::type)
        .containsOnlyOnce("member.removed");
    team.as("ben", ASSIGNED_ONLY).get("/v1/conversations/" + sms).then().statusCode(404);
  }

  @Test
  void whoAssignsUponAnOldVersionIsShownWhatItIsNow() {
    Team team = Team.of("ana", "ben", "cyd");
    String sms = team.sms("ana", THEIRS);
    put(team, "ana", sms, Map.of("assigneeId", "ben")).body("version", equalTo(2));
    match(team, sms, "\"1\"", "cyd")
        .statusCode(409)
        .body("code", equalTo("version_conflict"))
        .body("current.assigneeId", equalTo("ben"));
    match(team, sms, "soon", "cyd")
        .statusCode(400)
        .body("violations[0].field", equalTo("If-Match"));
    match(team, sms, "\"2\"", "cyd").statusCode(200).body("assigneeId", equalTo("cyd"));
  }

  private static ValidatableResponse match(Team team, String id, String tag, String assignee) {
    return team.as("ana")
        .header("If-Match", tag)
        .body(Map.of("assigneeId", assignee))
        .put("/v1/conversations/" + id + "/assignment")
        .then();
  }

  @Test
  void theContactThatIsPickedBringsItsPeople() {
    Team team = Team.of("ana", "ben", "cyd");
    contact(team, "c1", "ben", List.of());
    contact(team, "c2", "ana", List.of("cyd"));
    String sms = team.sms("ana", THEIRS);
    team.get("ana", sms).body("contactId", nullValue());
    put(team, "ana", sms, Map.of("contactId", "c1"))
        .statusCode(200)
        .body("contactId", equalTo("c1"))
        .body("contactOwnerId", equalTo("ben"));
    team.get("ana", sms).body("title", equalTo("Zoe c1"));
    sees(team, "ben", sms, 200);
    put(team, "ana", sms, Map.of("contactId", "c2", "assigneeId", "ben"))
        .statusCode(200)
        .body("contactOwnerId", equalTo("ana"));
    sees(team, "ben", sms, 200);
    sees(team, "cyd", sms, 200);
    Map<String, Object> none = new HashMap<>();
    none.put("contactId", null);
    put(team, "ana", sms, none).statusCode(200).body("contactId", nullValue());
    sees(team, "cyd", sms, 404);
    sees(team, "ana", sms, 200);
  }

  @Test
  void whoGivesItAwayIsAnsweredAndSeesItNoMore() {
    Team team = Team.of("ana", "ben", "cyd");
    String sms = team.sms("ana", THEIRS);
    put(team, "ana", sms, Map.of("assigneeId", "ben")).statusCode(200);
    sees(team, "ben", sms, 200);
    team.as("ben", ASSIGNED_ONLY)
        .body(Map.of("assigneeId", "cyd"))
        .put("/v1/conversations/" + sms + "/assignment")
        .then()
        .statusCode(200)
        .body("assigneeId", equalTo("cyd"));
    sees(team, "ben", sms, 404);
    team.as("ben", ASSIGNED_ONLY)
        .body(Map.of("assigneeId", "ben"))
        .put("/v1/conversations/" + sms + "/assignment")
        .then()
        .statusCode(404);
  }

  @Test
  void manyInQuickSuccessionAreAllAnsweredAndTheLastOneStands() {
    Team team = Team.of("ana", "ben", "cyd");
    String sms = team.sms("ana", THEIRS);
    for (int i = 0; i < 20; i++) {
      put(team, "ana", sms, Map.of("assigneeId", i % 2 == 0 ? "ben" : "cyd"))
          .statusCode(200)
          .body("version", equalTo(i + 2));
    }
    members(team, sms, "ana", "cyd");
    sees(team, "ben", sms, 404);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'assigneeId': 'nobody'}           | 422 | unknown_reference | assigneeId",
        "{'followers': ['ana', 'nobody']}   | 422 | unknown_reference | followers[1]",
        "{'assigneeId': 'off'}              | 422 | unknown_reference | assigneeId",
        "{'contactId': 'nobody'}            | 422 | unknown_reference | contactId",
        "{'assigneeId': 7}                  | 400 | invalid_request   | assigneeId",
        "{'followers': 'ana'}               | 400 | invalid_request   | followers",
        "{'followers': ['a b']}             | 400 | invalid_request   | followers[0]",
        "{'contactId': 'me'}                | 400 | invalid_request   | contactId"
      })
  void whatIsWrongIsNamed(String body, int status, String code, String field) {
    Team team = Team.of("ana", "off");
    team.tell("user", "off", 2, Map.of("name", "Off", "active", false));
    String sms = team.sms("ana", THEIRS);
    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                team.as("ana")
                    .get("/v1/directory?ids=off")
                    .then()
                    .body("items[0].active", equalTo(false)));
    team.as("ana")
        .body(body.replace('\'', '"'))
        .put("/v1/conversations/" + sms + "/assignment")
        .then()
        .statusCode(status)
        .body("code", equalTo(code))
        .body("violations[0].field", equalTo(field));
    team.get("ana", sms).body("version", equalTo(1));
  }

  @Test
  void staffConversationsAndArchivedOnesAreAssignedToNobody() {
    Team team = Team.of("ana", "ben", "cyd");
    String group = team.group("ana", "ben", "cyd");
    put(team, "ana", group, Map.of("assigneeId", "ben"))
        .statusCode(422)
        .body("code", equalTo("not_applicable"));
    String sms = team.sms("ana", THEIRS);
    team.admin("root").post("/v1/conversations/" + sms + "/archive").then().statusCode(200);
    put(team, "ana", sms, Map.of("assigneeId", "ben"))
        .statusCode(409)
        .body("code", equalTo("conversation_archived"));
  }

  private static void contact(Team team, String id, String owner, List<String> assignees) {
    team.has(
        "contact",
        id,
        1,
        Map.of(
            "name",
            "Zoe " + id,
            "phones",
            List.of(THEIRS),
            "ownerId",
            owner,
            "assignees",
            assignees));
  }

  private static ValidatableResponse put(
      Team team, String user, String conversation, Map<String, ?> body) {
    return team.as(user).body(body).put("/v1/conversations/" + conversation + "/assignment").then();
  }

  /** Within the second that product.md §3 gives. */
  private static void sees(Team team, String user, String conversation, int status) {
    await()
        .atMost(SOON)
        .pollInterval(Duration.ofMillis(20))
        .untilAsserted(
            () ->
                team.as(user, ASSIGNED_ONLY)
                    .get("/v1/conversations/" + conversation)
                    .then()
                    .statusCode(status));
  }

  private static void members(Team team, String conversation, String... users) {
    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThat(
                        team.as("ana")
                            .get("/v1/conversations/" + conversation + "/members")
                            .jsonPath()
                            .getList("items.findAll { it.kind == 'user' }.userId", String.class))
                    .containsExactlyInAnyOrder(users));
  }
}
