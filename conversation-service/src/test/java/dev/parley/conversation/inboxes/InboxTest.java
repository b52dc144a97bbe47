package dev.parley.conversation.inboxes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;

import dev.parley.conversation.PlayedMessageService;
import dev.parley.conversation.Team;
import dev.parley.conversation.WithBackEnds;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class InboxTest extends WithBackEnds {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final Map<String, String> ASSIGNED_ONLY =
      Map.of("roles", "user", "assigned_data_only", "true");

  @Test
  void theTeamInboxHasTheCustomerConversationsThatOneMaySeeTheNewestActivityFirst() {
    Team team = Team.of("ana", "ben", "cyd");
    contact(team, "c1", "+15550100031", "ana");
    String one = team.sms("cyd", "+15550100031");
    String two = team.sms("cyd", "+15550100032");
    String archived = team.sms("cyd", "+15550100033");
    team.admin("root").post("/v1/conversations/" + archived + "/archive").then().statusCode(200);
    team.create("ana", Map.of("type", "subject", "subject", "Staff", "members", List.of("ben")))
        .statusCode(201);
    inbox(team, "ben", "team").body("items.id", contains(two, one));
    say(one, "ana");
    await()
        .atMost(SOON)
        .untilAsserted(() -> inbox(team, "ben", "team").body("items.id", contains(one, two)));
    inbox(team, "ben", "team")
        .body("items[0].type", equalTo("sms"))
        .body("items[0].lastMessage.preview", equalTo("hello"))
        .body("items[0].title", equalTo("Zoe c1"));
    team.as("ana").post("/v1/conversations/" + two + "/close").then().statusCode(200);
    inbox(team, "ben", "team").body("items.id", contains(one, two));

    team.as("ana", ASSIGNED_ONLY).get("/v1/inboxes/team").then().body("items.id", contains(one));
    team.as("ben", ASSIGNED_ONLY).get("/v1/inboxes/team").then().body("items", empty());
    inbox(Team.of("ana"), "ana", "team").body("items", empty());
    counts(team, "ben", 2, 0, 0);
    team.as("ana", ASSIGNED_ONLY)
        .get("/v1/inboxes/counts")
        .then()
        .statusCode(200)
        .body("team", equalTo(1));
  }

  @Test
  void assignedToMeAreThoseWhoseContactIOwnOrAmAssignedTo() {
    Team team = Team.of("ana", "ben", "cyd");
    contact(team, "c1", "+15550100041", "ana");
    team.has(
        "contact",
        "c2",
        1,
        Map.of(
            "name", "Zoe c2",
            "phones", List.of("+15550100042"),
            "ownerId", "ben",
            "assignees", List.of("ana"),
            "followers", List.of("cyd")));
    String owned = team.sms("ben", "+15550100041");
    String assigned = team.sms("ben", "+15550100042");
    team.sms("ben", "+15550100043");
    inbox(team, "ana", "assigned").body("items.id", contains(assigned, owned));
    inbox(team, "ben", "assigned").body("items.id", contains(assigned));
    inbox(team, "cyd", "assigned").body("items", empty());
    counts(team, "ana", 3, 2, 0);
    counts(team, "cyd", 3, 0, 0);
  }

  @Test
  void internalChatsAreOnesOwnAndNobodysWhoIsLoggedInAsAnother() {
    Team team = Team.of("ana", "ben", "cyd");
    String one = chat(team, "ana", "ben");
    String two = chat(team, "ana", "cyd");
    inbox(team, "ana", "internal").body("items.id", contains(two, one));
    inbox(team, "ben", "internal").body("items.id", contains(one));
    say(one, "ben");
    await()
        .atMost(SOON)
        .untilAsserted(() -> inbox(team, "ana", "internal").body("items.id", contains(one, two)));
    counts(team, "ana", 0, 0, 2);
    var impersonated = Map.of("roles", "user", "impersonator", "boss");
    team.as("ana", impersonated).get("/v1/inboxes/internal").then().body("items", empty());
    team.as("ana", impersonated).get("/v1/inboxes/counts").then().body("internal", equalTo(0));
    inbox(Team.of("ana"), "ana", "internal").body("items", empty());
  }

  @Test
  void aHiddenChatIsInNoInboxUntilTheNextMessage() {
    Team team = Team.of("ana", "ben");
    String chat = chat(team, "ana", "ben");
    team.as("ana")
        .body(Map.of("hidden", true))
        .put("/v1/conversations/" + chat + "/preferences")
        .then()
        .statusCode(200);
    inbox(team, "ana", "internal").body("items", empty());
    counts(team, "ana", 0, 0, 0);
    inbox(team, "ben", "internal").body("items.id", contains(chat));
    say(chat, "ben");
    await()
        .atMost(SOON)
        .untilAsserted(() -> inbox(team, "ana", "internal").body("items.id", contains(chat)));
    counts(team, "ana", 0, 0, 1);
  }

  @Test
  void aClientsChannelIsInTheTeamInboxOnceItIsUsed() {
    Team team = Team.of("ana");
    team.tell("contact", "carla", 1, Map.of("name", "Carla", "client", true, "ownerId", "ana"));
    String[] id = new String[1];
    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                id[0] =
                    team.create("ana", Map.of("type", "client", "members", List.of("carla")))
                        .statusCode(200)
                        .extract()
                        .path("id"));
    await().atMost(SOON).until(() -> !PlayedMessageService.told(id[0]).isEmpty());
    inbox(team, "ana", "team").body("items", empty());
    counts(team, "ana", 0, 0, 0);
    PlayedMessageService.say(id[0], "ana", "the greeting's place");
    PlayedMessageService.say(id[0], "ana", "hello");
    await()
        .atMost(SOON)
        .untilAsserted(() -> inbox(team, "ana", "team").body("items.id", contains(id[0])));
    inbox(team, "ana", "assigned").body("items.id", contains(id[0]));
  }

  @ParameterizedTest
  @ValueSource(strings = {"team", "assigned", "internal"})
  void pagesGoOnWhereTheLastOneEndedAndAreTheirReadersAlone(String inbox) {
    Team team = Team.of("ana", "ben");
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      String number = "+1555010006" + i;
      contact(team, "c" + i, number, "ana");
      String id = inbox.equals("internal") ? chat(team, "ana", "ben") : team.sms("ana", number);
      expected.add(0, id);
    }
    List<String> read = new ArrayList<>();
    String cursor = null;
    do {
      var page =
          team.as("ana")
              .queryParam("limit", 2)
              .queryParams(cursor == null ? Map.of() : Map.of("cursor", cursor))
              .get("/v1/inboxes/" + inbox)
              .then()
              .statusCode(200)
              .extract();
      read.addAll(page.path("items.id"));
      String next = page.path("next");
      if (next != null) {
        team.as("ben")
            .get("/v1/inboxes/" + inbox + "?cursor=" + next)
            .then()
            .statusCode(400)
            .body("violations[0].field", equalTo("cursor"));
      }
      cursor = next;
    } while (cursor != null);
    assertThat(read).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"limit=0, limit", "limit=201, limit", "cursor=abc, cursor"})
  void whatIsWrongIsNamed(String query, String field) {
    Team.of()
        .as("ana")
        .get("/v1/inboxes/team?" + query)
        .then()
        .statusCode(400)
        .body("violations[0].field", equalTo(field));
  }

  @ParameterizedTest
  @ValueSource(strings = {"team", "assigned", "internal", "counts"})
  void theyAreNotForClients(String inbox) {
    Team.of()
        .as("cli", Map.of("roles", "client"))
        .get("/v1/inboxes/" + inbox)
        .then()
        .statusCode(403)
        .body("code", equalTo("forbidden"));
  }

  private static void contact(Team team, String id, String number, String owner) {
    team.has(
        "contact", id, 1, Map.of("name", "Zoe " + id, "phones", List.of(number), "ownerId", owner));
  }

  private static String chat(Team team, String user, String other) {
    return team.create(user, Map.of("type", "internal_chat", "members", List.of(other)))
        .statusCode(201)
        .extract()
        .path("id");
  }

  private static void say(String conversation, String author) {
    await().atMost(SOON).until(() -> !PlayedMessageService.told(conversation).isEmpty());
    PlayedMessageService.say(conversation, author, "hello");
  }

  private static void counts(Team team, String user, int teams, int assigned, int internal) {
    team.as(user)
        .get("/v1/inboxes/counts")
        .then()
        .statusCode(200)
        .body("team", equalTo(teams))
        .body("assigned", equalTo(assigned))
        .body("internal", equalTo(internal));
  }

  private static ValidatableResponse inbox(Team team, String user, String inbox) {
    return team.as(user).get("/v1/inboxes/" + inbox).then().statusCode(200);
  }
}
