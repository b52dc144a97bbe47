package dev.parley.conversation.preference;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;

import dev.parley.chassis.Wire;
import dev.parley.contracts.Envelope;
import dev.parley.contracts.Json;
import dev.parley.contracts.Recipient;
import dev.parley.contracts.Schemas;
import dev.parley.contracts.Topics;
import dev.parley.contracts.event.PreferencesUpdated;
import dev.parley.conversation.Team;
import dev.parley.conversation.WithBackEnds;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
class PreferencesTest extends WithBackEnds {
  @Test
  void starredOnesComeFirstAndNobodyElsesListChanges() {
    Team team = Team.of("ana", "ben");
    String one = team.subject("ana", "One", "ben");
    String two = team.subject("ana", "Two", "ben");
    put(team, "ana", one, "{\"starred\": true}")
        .statusCode(200)
        .body("starred", equalTo(true))
        .body("hidden", equalTo(false));
    team.list("ana", "")
        .body("items.id", contains(one, two))
        .body("items[0].starred", equalTo(true));
    team.list("ana", "filter=starred").body("items.id", contains(one));
    team.list("ben", "").body("items.id", contains(two, one));
    team.list("ben", "filter=starred").body("items", empty());
    put(team, "ana", one, "{\"starred\": false}").body("starred", equalTo(false));
    team.list("ana", "").body("items.id", contains(two, one));
  }

  @Test
  void onesOtherDevicesAreToldAndNobodyElse() {
    Team team = Team.of("ana", "ben");
    String id = team.subject("ana", "One", "ben");
    put(team, "ana", id, "{\"starred\": true}").statusCode(200);
    put(team, "ana", id, "{\"hidden\": true}").statusCode(200);
    List<Envelope> told =
        Wire.await(
            Topics.CONVERSATION_PERSONAL,
            2,
            Duration.ofSeconds(30),
            event -> id.equals(String.valueOf(event.conversationId())));
    told.forEach(event -> Schemas.validate(Json.bytes(event)));
    Assertions.assertThat(told)
        .extracting(event -> event.data(PreferencesUpdated.class))
        .containsExactly(
            new PreferencesUpdated(true, false, null, 1, null, null),
            new PreferencesUpdated(true, true, 0L, 2, null, null));
    Assertions.assertThat(told)
        .extracting(Envelope::to)
        .containsOnly(List.of(Recipient.user("ana")));
  }

  @Test
  void pagesGoFromTheStarredOnToTheOthersWithoutLosingOne() {
    Team team = Team.of("ana");
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      ids.add(team.subject("ana", "S" + i));
    }
    put(team, "ana", ids.get(0), "{\"starred\": true}");
    put(team, "ana", ids.get(2), "{\"starred\": true}");
    List<String> expected = List.of(ids.get(2), ids.get(0), ids.get(4), ids.get(3), ids.get(1));
    List<String> read = new ArrayList<>();
    String cursor = null;
    do {
      var page =
          team.as("ana")
              .queryParam("limit", 1)
              .queryParams(cursor == null ? Map.of() : Map.of("cursor", cursor))
              .get("/v1/conversations")
              .then()
              .statusCode(200)
              .extract();
      read.addAll(page.path("items.id"));
      cursor = page.path("next");
    } while (cursor != null);
    Assertions.assertThat(read).isEqualTo(expected);
  }

  @Test
  void aHiddenOneIsGoneUntilTheNextMessage() {
    Team team = Team.of("ana", "ben");
    String subject = team.subject("ana", "S", "ben");
    team.say(subject, "ben", "before", "ana");
    put(team, "ana", subject, "{\"hidden\": true}").body("hidden", equalTo(true));
    team.list("ana", "").body("items", empty());
    team.list("ana", "filter=created").body("items", empty());
    team.list("ana", "filter=hidden").body("items.id", contains(subject));
    team.list("ana", "ids=" + subject).body("items[0].hidden", equalTo(true));
    team.list("ben", "").body("items.id", contains(subject));

    team.say(subject, "ben", "after", "ana");
    team.list("ana", "")
        .body("items.id", contains(subject))
        .body("items[0].hidden", equalTo(false));
    team.list("ana", "filter=hidden").body("items", empty());
  }

  @Test
  void oneThatNobodyHasWrittenInIsHiddenAndShownAgainByHand() {
    Team team = Team.of("ana");
    String subject = team.subject("ana", "S");
    put(team, "ana", subject, "{\"hidden\": true, \"starred\": true}");
    team.list("ana", "").body("items", empty());
    put(team, "ana", subject, "{\"hidden\": false}").body("starred", equalTo(true));
    team.list("ana", "").body("items.id", contains(subject));
  }

  @Test
  void whoSeesItWithoutTakingPartMayStarItToo() {
    Team team = Team.of("ana", "ben");
    String channel =
        team.create("ana", Map.of("type", "channel", "name", "all")).extract().path("id");
    put(team, "ben", channel, "{\"starred\": true}").statusCode(200);
    team.get("ben", channel).body("starred", equalTo(true));
    team.list("ben", "filter=starred").body("items", empty());
  }

  @Test
  void nobodyDoesItInAnothersName() {
    Team team = Team.of("ana");
    String subject = team.subject("ana", "S");
    team.as("ana", Map.of("roles", "user", "impersonator", "boss"))
        .body(Map.of("starred", true))
        .put("/v1/conversations/" + subject + "/preferences")
        .then()
        .statusCode(403)
        .body("code", equalTo("impersonation_forbidden"));
    team.get("ana", subject).body("starred", equalTo(false));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"{\"starred\": \"x\"} | starred", "{\"hidden\": []} | hidden"})
  void whatIsWrongIsNamed(String body, String field) {
    Team team = Team.of("ana");
    put(team, "ana", team.subject("ana", "S"), body)
        .statusCode(400)
        .body("violations[0].field", equalTo(field));
  }

  private static ValidatableResponse put(Team team, String user, String id, String body) {
    return team.as(user).body(body).put("/v1/conversations/" + id + "/preferences").then();
  }
}
