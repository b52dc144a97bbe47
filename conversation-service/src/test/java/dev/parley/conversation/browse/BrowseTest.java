package dev.parley.conversation.browse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

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

@QuarkusTest
class BrowseTest extends WithBackEnds {
  private static final Duration SOON = Duration.ofSeconds(30);

  @Test
  void aListHasWhatOneTakesPartInTheNewestActivityFirst() {
    Team team = Team.of("ana", "ben");
    String one = subject(team, "ana", "One", "ben");
    String two = subject(team, "ana", "Two", "ben");
    subject(team, "ben", "Not Ana's");
    list(team, "ana", "").body("items.id", contains(two, one));

    say(one, "ben", "hello  *there*\nAna");
    shows(team, "ana", one, 1);
    list(team, "ana", "")
        .body("items.id", contains(one, two))
        .body("items[0].lastSeq", equalTo(1))
        .body("items[0].lastMessage.seq", equalTo(1))
        .body("items[0].lastMessage.kind", equalTo("user"))
        .body("items[0].lastMessage.authorId", equalTo("ben"))
        .body("items[0].lastMessage.authorName", equalTo("Ben"))
        .body("items[0].lastMessage.preview", equalTo("hello *there* Ana"))
        .body("items[1].lastMessage", nullValue());
    list(Team.of("ana"), "ana", "").body("items", empty());
  }

  @Test
  void pagesGoOnWhereTheLastOneEnded() {
    Team team = Team.of("ana");
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      expected.add(0, subject(team, "ana", "S" + i));
    }
    List<String> read = new ArrayList<>();
    String cursor = null;
    do {
      var page =
          team.as("ana")
              .queryParam("limit", 2)
              .queryParams(cursor == null ? Map.of() : Map.of("cursor", cursor))
              .get("/v1/conversations")
              .then()
              .statusCode(200)
              .extract();
      read.addAll(page.path("items.id"));
      cursor = page.path("next");
    } while (cursor != null);
    assertThat(read).isEqualTo(expected);
  }

  @Test
  void aCursorIsBoundToItsReaderAndQuery() {
    Team team = Team.of("ana", "ben");
    subject(team, "ana", "One", "ben");
    subject(team, "ana", "Two", "ben");
    String cursor = list(team, "ana", "limit=1").extract().path("next");
    refused(team, "ben", "cursor=" + cursor, "cursor");
    refused(team, "ana", "filter=closed&cursor=" + cursor, "cursor");
    refused(team, "ana", "cursor=" + cursor + "x", "cursor");
    list(team, "ana", "limit=1&cursor=" + cursor).body("items.title", contains("One"));
  }

  @ParameterizedTest
  @CsvSource({
    "filter=mine, filter",
    "type=salon, type",
    "ids=7, ids",
    "ids=01a2031e-886c-7000-8000-000000000000&filter=unread, ids",
    "cursor=abc, cursor",
    "limit=0, limit",
    "limit=201, limit"
  })
  void whatIsWrongIsNamed(String query, String field) {
    refused(Team.of(), "ana", query, field);
  }

  @Test
  void filtersTellCreatedClosedAndArchivedApart() {
    Team team = Team.of("ana", "ben");
    String open = subject(team, "ana", "Open", "ben");
    String closed = subject(team, "ana", "Closed", "ben");
    String archived = subject(team, "ana", "Archived", "ben");
    team.as("ana").post("/v1/conversations/" + closed + "/close").then().statusCode(200);
    team.as("ana").post("/v1/conversations/" + archived + "/archive").then().statusCode(200);

    list(team, "ben", "").body("items.id", contains(closed, open));
    list(team, "ben", "filter=participating").body("items.id", contains(closed, open));
    list(team, "ben", "filter=closed").body("items.id", contains(closed));
    list(team, "ben", "filter=archived").body("items.id", contains(archived));
    list(team, "ben", "filter=created").body("items", empty());
    list(team, "ana", "filter=created").body("items.id", contains(closed, open));
    list(team, "ana", "type=group").body("items", empty());
    list(team, "ana", "type=subject&limit=1").body("items.id", contains(closed));
  }

  @Test
  void conversationsAreFoundBySubjectAndByParticipant() {
    Team team = Team.of("ana", "ben", "cyd");
    String invoice = subject(team, "ana", "Invoice 7", "ben");
    String other = subject(team, "ana", "50% off", "cyd");
    list(team, "ana", "q=voice").body("items.id", contains(invoice));
    list(team, "ana", "q=CYD").body("items.id", contains(other));
    list(team, "ana", "q=nothing").body("items", empty());
    team.as("ana")
        .queryParam("q", "0%")
        .get("/v1/conversations")
        .then()
        .body("items.id", contains(other));
  }

  @Test
  void byIdOnlyWhatOneMaySeeIsThere() {
    Team team = Team.of("ana", "ben", "cyd", "eve");
    String group = team.group("ana", "ben", "cyd");
    String channel =
        team.create("ana", Map.of("type", "channel", "name", "all")).extract().path("id");
    list(team, "ana", "ids=" + group + "," + channel).body("items", hasSize(2));
    list(team, "eve", "ids=" + group + "," + channel).body("items.id", contains(channel));
    list(Team.of("ana"), "ana", "ids=" + group + "," + channel).body("items", empty());
  }

  @Test
  void whatWasSaidBeforeANewcomerLeavesNoShadowForThem() {
    Team team = Team.of("ana", "ben", "cyd", "new");
    String group = team.group("ana", "ben", "cyd");
    say(group, "ben", "a secret");
    shows(team, "ana", group, 1);
    team.add("ana", group, Map.of("userId", "new", "history", "from_now")).statusCode(201);

    String joined = team.get("new", group).extract().path("lastActivityAt");
    team.get("new", group)
        .body("lastMessage", nullValue())
        .body("lastSeq", equalTo(0))
        .body("visibleFromSeq", equalTo(2));
    list(team, "new", "").body("items[0].lastMessage", nullValue());

    say(group, "ben", "for everybody");
    shows(team, "new", group, 2);
    team.get("new", group)
        .body("lastMessage.preview", equalTo("for everybody"))
        .body("lastActivityAt", org.hamcrest.Matchers.greaterThan(joined));
    team.get("ana", group).body("lastSeq", equalTo(2));
  }

  @Test
  void anImpersonatorSeesNoInternalChat() {
    Team team = Team.of("ana", "ben");
    String chat =
        team.create("ana", Map.of("type", "internal_chat", "members", List.of("ben")))
            .extract()
            .path("id");
    var impersonated = Map.of("roles", "user", "impersonator", "boss");
    team.as("ana", impersonated).get("/v1/conversations/" + chat).then().statusCode(404);
    team.as("ana", impersonated).get("/v1/conversations").then().body("items", empty());
    team.as("ana", impersonated).get("/v1/conversations?ids=" + chat).then().body("items", empty());
    team.get("ana", chat).statusCode(200);
  }

  private static void refused(Team team, String user, String query, String field) {
    team.as(user)
        .get("/v1/conversations?" + query)
        .then()
        .statusCode(400)
        .body("violations[0].field", equalTo(field));
  }

  @Test
  void aClientLearnsNothingOfAttachedRecords() {
    Team team = Team.of("ana");
    team.has("contact", "c1", 1, Map.of("client", true));
    team.client("c1").get("/v1/conversations?recordType=deal&recordId=d1").then().statusCode(403);
    team.client("c1").get("/v1/conversations").then().statusCode(200);
    list(team, "ana", "recordType=deal&recordId=d1");
  }

  private static String subject(Team team, String user, String subject, String... others) {
    return team.create(
            user, Map.of("type", "subject", "subject", subject, "members", List.of(others)))
        .statusCode(201)
        .extract()
        .path("id");
  }

  private static void say(String conversation, String author, String body) {
    await().atMost(SOON).until(() -> !PlayedMessageService.told(conversation).isEmpty());
    PlayedMessageService.say(conversation, author, body);
  }

  private static void shows(Team team, String reader, String conversation, int seq) {
    await()
        .atMost(SOON)
        .pollInterval(Duration.ofMillis(20))
        .untilAsserted(() -> team.get(reader, conversation).body("lastSeq", equalTo(seq)));
  }

  private static ValidatableResponse list(Team team, String user, String query) {
    return team.as(user)
        .get("/v1/conversations" + (query.isEmpty() ? "" : "?" + query))
        .then()
        .statusCode(200);
  }
}
