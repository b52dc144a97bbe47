package dev.parley.conversation.browse;

import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import dev.parley.contracts.event.ConversationType;
import dev.parley.contracts.event.MemberSource;
import dev.parley.conversation.PlayedMessageService;
import dev.parley.conversation.Rooms;
import dev.parley.conversation.Team;
import dev.parley.conversation.WithBackEnds;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What lists find, and that nothing hidden from the reader moves or finds anything. */
@QuarkusTest
class FindTest extends WithBackEnds {
  @Inject Rooms rooms;

  @Test
  void textsAreFoundWithoutRegardToCaseAndAccents() {
    Team team = Team.of("ana", "ben");
    team.tell("user", "jose", 1, Map.of("name", "José Gómez"));
    team.known("jose");
    String named = team.subject("ana", "Façade", "ben");
    String person = team.subject("ana", "Other", "jose");
    find(team, "ana", "FACADE").body("items.id", contains(named));
    find(team, "ana", "acad").body("items.id", contains(named));
    find(team, "ana", "jose").body("items.id", contains(person));
    find(team, "ana", "gom").body("items.id", contains(person));
    find(team, "ana", "omez").body("items", empty());
    find(team, "ana", "ana").body("items", empty());
    team.say(named, "ben", "the **Überweisung** came", "ana");
    find(team, "ana", "uberw").body("items.id", contains(named));
    team.say(named, "ben", "thanks", "ana");
    find(team, "ana", "uberw").body("items", empty());
  }

  @Test
  void aMessageBeforeANewcomersTimeFindsAndMovesNothing() {
    Team team = Team.of("ana", "ben", "cyd", "new");
    String group = team.group("ana", "ben", "cyd");
    String other = team.subject("ana", "Other", "new");
    team.say(group, "ben", "secret", "ana");
    team.add("ana", group, Map.of("userId", "new")).statusCode(201);
    find(team, "ana", "secret").body("items.id", contains(group));
    find(team, "new", "secret").body("items", empty());
    team.say(other, "ana", "hello", "new");
    team.list("new", "").body("items.id", contains(other, group));
    team.get("new", group).body("lastSeq", equalTo(0)).body("lastMessage", nullValue());
  }

  @Test
  void anInternalNoteLeavesNoShadowForAClient() {
    Team team = Team.of("ana");
    team.has("contact", "carl", 1, Map.of("name", "Carl", "client", true, "ownerId", "ana"));
    String noted = customer(team);
    String other = customer(team);
    team.say(noted, "ana", "hello Carl", "ana");
    String at = client(team, noted).extract().path("lastActivityAt");
    team.say(other, "ana", "also here", "ana");
    PlayedMessageService.note(noted, "ana", "he never pays");
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> team.get("ana", noted).body("lastSeq", equalTo(2)));
    team.get("ana", noted).body("lastMessage.preview", equalTo("he never pays"));
    team.list("ana", "").body("items.id", contains(noted, other));
    client(team, noted)
        .body("lastSeq", equalTo(1))
        .body("lastMessage.preview", equalTo("hello Carl"))
        .body("lastActivityAt", equalTo(at));
    // Behind them stands the channel that came with the record, in which nobody has written.
    team.client("carl")
        .get("/v1/conversations?limit=2")
        .then()
        .body("items.id", contains(other, noted));
    team.client("carl").get("/v1/conversations?q=pays").then().body("items", empty());
    team.client("carl").get("/v1/conversations?q=hello").then().body("items.id", contains(noted));
    find(team, "ana", "pays").body("items.id", contains(noted));
  }

  @Test
  void aClientGetsTheFieldsOfItsListAndNoOther() {
    Team team = Team.of("ana");
    String room = customer(team);
    team.get("ana", room)
        .body("createdBy", equalTo("ana"))
        .body("recordRefs", empty())
        .body("mySource", equalTo("derived"));
    client(team, room)
        .body("type", equalTo("client"))
        .body("participants.displayName", contains("Ana", "Carl"))
        .body("createdBy", nullValue())
        .body("mySource", nullValue())
        .body("recordRefs", nullValue())
        .body("contactOwnerId", nullValue());
    team.client("carl").get("/v1/channels").then().statusCode(403);
  }

  @Test
  void recordsAndClientsFindTheirConversations() {
    Team team = Team.of("ana", "ben");
    team.has("deal", "d1", 1, Map.of("name", "One"));
    team.has("deal", "d2", 1, Map.of("name", "Two"));
    String one = about(team, "d1");
    String two = about(team, "d2");
    team.subject("ana", "None");
    String customer = customer(team);
    team.list("ana", "recordType=deal&recordId=d1").body("items.id", contains(one));
    team.list("ana", "recordType=deal").body("items.id", containsInAnyOrder(one, two));
    team.list("ana", "recordType=company").body("items", empty());
    team.list("ana", "clientId=carl").body("items.id", contains(customer));
    team.list("ana", "clientId=dora").body("items", empty());
    team.list("ben", "recordType=deal").body("items", empty());
  }

  @ParameterizedTest
  @CsvSource({
    "recordId=d1, recordType",
    "recordType=a b, recordType",
    "clientId=a%2Fb, clientId",
    "filter=new, filter"
  })
  void whatCannotBeAskedIsNamed(String query, String field) {
    Team.of()
        .as("ana")
        .urlEncodingEnabled(false)
        .get("/v1/conversations?" + query.replace(" ", "%20"))
        .then()
        .statusCode(400)
        .body("violations[0].field", equalTo(field));
  }

  @Test
  void channelsAreBrowsedByNamePageByPage() {
    Team team = Team.of("ana", "ben");
    for (String name : List.of("zebra", "alpha", "beta")) {
      team.create("ana", Map.of("type", "channel", "name", name, "description", "About " + name));
    }
    String gone =
        team.create("ana", Map.of("type", "channel", "name", "gone")).extract().path("id");
    team.as("ana").post("/v1/conversations/" + gone + "/archive").then().statusCode(200);
    var first = team.as("ben").get("/v1/channels?limit=2").then().statusCode(200);
    first.body("items.name", contains("alpha", "beta")).body("items[0].myRole", nullValue());
    team.as("ben")
        .queryParam("cursor", first.extract().<String>path("next"))
        .get("/v1/channels?limit=2")
        .then()
        .body("items.name", contains("zebra"))
        .body("next", nullValue());
    team.as("ben").get("/v1/channels?q=ALPH").then().body("items.name", contains("alpha"));
    team.as("ben").get("/v1/channels?q=about b").then().body("items.name", contains("beta"));
    team.as("ana").get("/v1/channels?q=alpha").then().body("items[0].myRole", equalTo("owner"));
    Team.of("ana").as("ana").get("/v1/channels").then().body("items", empty());
  }

  private String customer(Team team) {
    return rooms
        .found(
            team,
            ConversationType.CLIENT,
            null,
            MemberSource.DERIVED,
            List.of("ana"),
            List.of("carl"))
        .id();
  }

  private static String about(Team team, String deal) {
    return team.create(
            "ana",
            Map.of(
                "type",
                "subject",
                "subject",
                deal,
                "recordRefs",
                List.of(Map.of("type", "deal", "id", deal))))
        .statusCode(201)
        .extract()
        .path("id");
  }

  private static ValidatableResponse client(Team team, String conversation) {
    return team.client("carl").get("/v1/conversations/" + conversation).then().statusCode(200);
  }

  private static ValidatableResponse find(Team team, String user, String q) {
    return team.as(user).queryParam("q", q).get("/v1/conversations").then().statusCode(200);
  }
}
