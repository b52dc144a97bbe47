package dev.parley.conversation.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import dev.parley.contracts.Envelope;
import dev.parley.contracts.event.Conversation;
import dev.parley.conversation.PlayedMessageService;
import dev.parley.conversation.Team;
import dev.parley.conversation.WithBackEnds;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
class ChangeTest extends WithBackEnds {
  @Test
  void theOwnerRenamesAndEverybodyIsToldOnce() {
    Team team = Team.of("ana", "ben", "cyd");
    String group = team.group("ana", "ben", "cyd");
    patch(team, "ana", group, Map.of("name", "New", "description", "What for"))
        .statusCode(200)
        .header("ETag", "\"2\"")
        .body("name", equalTo("New"))
        .body("description", equalTo("What for"))
        .body("version", equalTo(2));
    patch(team, "ana", group, Map.of("name", "New")).statusCode(200).body("version", equalTo(2));
    team.get("ben", group).body("title", equalTo("New"));
    assertThat(types(group, 3))
        .containsExactly("conversation.created", "conversation.updated", "pill.requested");
    Conversation told = PlayedMessageService.told(group).get(1).data(Conversation.class);
    assertThat(told.name()).isEqualTo("New");
    assertThat(told.version()).isEqualTo(2);
    assertThat(told.memberCount()).isEqualTo(3);
    assertThat(told.participants()).hasSize(3);
    assertThat(PlayedMessageService.told(group).get(1).staffOnly()).isNull();
  }

  @Test
  void nullTakesAwayAndAnAbsentFieldStays() {
    Team team = Team.of("ana");
    String subject =
        team.create("ana", Map.of("type", "subject", "subject", "S", "description", "D"))
            .extract()
            .path("id");
    team.as("ana")
        .body("{\"description\": null}")
        .patch("/v1/conversations/" + subject)
        .then()
        .statusCode(200)
        .body("description", nullValue())
        .body("subject", equalTo("S"));
  }

  @Test
  void aMemberMayNotRenameAGroupButAnyParticipantASubject() {
    Team team = Team.of("ana", "ben", "cyd");
    String group = team.group("ana", "ben", "cyd");
    patch(team, "ben", group, Map.of("name", "Mine"))
        .statusCode(403)
        .body("code", equalTo("forbidden"));
    String subject =
        team.create("ana", Map.of("type", "subject", "subject", "S", "members", List.of("ben")))
            .extract()
            .path("id");
    patch(team, "ben", subject, Map.of("subject", "T")).statusCode(200);
  }

  @Test
  void aStaleVersionIsAConflictThatShowsTheCurrentState() {
    Team team = Team.of("ana", "ben", "cyd");
    String group = team.group("ana", "ben", "cyd");
    match(team, group, "\"1\"", "A").statusCode(200);
    match(team, group, "\"1\"", "B")
        .statusCode(409)
        .body("code", equalTo("version_conflict"))
        .body("current.name", equalTo("A"))
        .body("current.version", equalTo(2));
    match(team, group, "W/\"2\"", "C").statusCode(409);
    match(team, group, "*", "D").statusCode(200);
    match(team, group, "3", "E").statusCode(400).body("violations[0].field", equalTo("If-Match"));
    team.get("ana", group).body("name", equalTo("D"));
  }

  @Test
  void ofTwentyWritersUponOneVersionOneWins() {
    Team team = Team.of("ana", "ben", "cyd");
    String group = team.group("ana", "ben", "cyd");
    List<Integer> statuses =
        IntStream.range(0, 20)
            .parallel()
            .mapToObj(i -> match(team, group, "\"1\"", "N" + i).extract().statusCode())
            .toList();
    assertThat(statuses).filteredOn(status -> status == 200).hasSize(1);
    assertThat(statuses).filteredOn(status -> status == 409).hasSize(19);
    team.get("ana", group).body("version", equalTo(2));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"name\": null}               | 400 | name",
        "{\"name\": \"\"}               | 400 | name",
        "{\"name\": \"\\u2060\"}         | 400 | name",
        "{\"name\": 7}                  | 400 | name",
        "{\"description\": []}          | 400 | description",
        "{\"recordRefs\": {}}           | 400 | recordRefs",
        "{\"recordRefs\": [{\"id\": \"x\"}]} | 400 | recordRefs[0]",
        "{\"recordRefs\": [{\"type\": \"deal\", \"id\": \"x\"}]} | 422 | recordRefs[0]",
        "{\"subject\": \"x\"}           | 422 | subject",
        "{\"posting\": \"all\"}         | 422 | posting"
      })
  void whatIsWrongIsNamed(String body, int status, String field) {
    Team team = Team.of("ana", "ben", "cyd");
    String group = team.group("ana", "ben", "cyd");
    team.as("ana")
        .body(body)
        .patch("/v1/conversations/" + group)
        .then()
        .statusCode(status)
        .body("violations[0].field", equalTo(field));
    team.get("ana", group).body("version", equalTo(1));
  }

  @Test
  void recordsAreAttachedAndTakenAway() {
    Team team = Team.of("ana");
    team.has("deal", "d1", 1, Map.of("name", "Big"));
    String subject =
        team.create("ana", Map.of("type", "subject", "subject", "S")).extract().path("id");
    Map<String, Object> refs = Map.of("recordRefs", List.of(Map.of("type", "deal", "id", "d1")));
    patch(team, "ana", subject, refs).statusCode(200).body("recordRefs[0].id", equalTo("d1"));
    patch(team, "ana", subject, Map.of("recordRefs", List.of()))
        .statusCode(200)
        .body("recordRefs", hasSize(0));
  }

  @Test
  void aChannelIsNotRenamedToAnothersName() {
    Team team = Team.of("ana");
    String one = channel(team, "one");
    channel(team, "two");
    patch(team, "ana", one, Map.of("name", "two"))
        .statusCode(409)
        .body("code", equalTo("name_taken"));
    patch(team, "ana", one, Map.of("name", "three")).statusCode(200);
    channel(team, "one");
  }

  @Test
  void theTenantsAdministratorManagesChannelsAndOthersMayNot() {
    Team team = Team.of("ana", "ben");
    String channel = channel(team, "one");
    team.admin("root")
        .body(Map.of("posting", "admins"))
        .patch("/v1/conversations/" + channel)
        .then()
        .statusCode(200)
        .body("posting", equalTo("admins"));
    patch(team, "ben", channel, Map.of("posting", "all")).statusCode(403);
  }

  @Test
  void closingAndOpeningAgainTellsEachOnce() {
    Team team = Team.of("ana", "ben", "cyd");
    String group = team.group("ana", "ben", "cyd");
    state(team, "ben", group, "close").statusCode(403);
    state(team, "ana", group, "close").statusCode(200).body("state", equalTo("closed"));
    state(team, "ana", group, "close").statusCode(200).body("version", equalTo(2));
    state(team, "ana", group, "open").statusCode(200).body("state", equalTo("open"));
    state(team, "ana", group, "archive").statusCode(200).body("state", equalTo("archived"));
    state(team, "ana", group, "open")
        .statusCode(409)
        .body("code", equalTo("conversation_archived"));
    patch(team, "ana", group, Map.of("name", "x"))
        .statusCode(409)
        .body("code", equalTo("conversation_archived"));
    state(team, "ana", group, "unarchive").statusCode(200).body("state", equalTo("open"));
    assertThat(types(group, 7))
        .containsExactly(
            "conversation.created",
            "conversation.closed",
            "pill.requested",
            "conversation.opened",
            "pill.requested",
            "conversation.archived",
            "conversation.unarchived");
  }

  @Test
  void whoClosesUponAnOldVersionIsShownWhatItIsNow() {
    Team team = Team.of("ana", "ben", "cyd");
    String group = team.group("ana", "ben", "cyd");
    match(team, group, "\"1\"", "A").statusCode(200);
    for (String act : List.of("close", "open", "archive", "unarchive")) {
      team.as("ana")
          .header("If-Match", "\"1\"")
          .post("/v1/conversations/" + group + "/" + act)
          .then()
          .statusCode(409)
          .body("code", equalTo("version_conflict"))
          .body("current.name", equalTo("A"));
    }
    team.as("ana")
        .header("If-Match", "\"2\"")
        .post("/v1/conversations/" + group + "/close")
        .then()
        .statusCode(200)
        .body("state", equalTo("closed"));
  }

  @Test
  void aDirectIsNeitherClosedNorArchived() {
    Team team = Team.of("ana", "ben");
    String direct =
        team.create("ana", Map.of("type", "direct", "members", List.of("ben")))
            .extract()
            .path("id");
    for (String act : List.of("close", "open", "archive", "unarchive")) {
      state(team, "ana", direct, act).statusCode(422).body("code", equalTo("not_applicable"));
    }
  }

  private static String channel(Team team, String name) {
    return team.create("ana", Map.of("type", "channel", "name", name))
        .statusCode(201)
        .extract()
        .path("id");
  }

  private static ValidatableResponse patch(Team team, String user, String id, Map<String, ?> body) {
    return team.as(user).body(body).patch("/v1/conversations/" + id).then();
  }

  private static ValidatableResponse match(Team team, String id, String tag, String name) {
    return team.as("ana")
        .header("If-Match", tag)
        .body(Map.of("name", name))
        .patch("/v1/conversations/" + id)
        .then();
  }

  private static ValidatableResponse state(Team team, String user, String id, String act) {
    return team.as(user).post("/v1/conversations/" + id + "/" + act).then();
  }

  private static List<String> types(String id, int count) {
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> PlayedMessageService.told(id).size() >= count);
    return PlayedMessageService.told(id).stream().map(Envelope::type).toList();
  }
}
