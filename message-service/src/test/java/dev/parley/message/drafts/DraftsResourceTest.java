package dev.parley.message.drafts;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import dev.parley.chassis.Tokens;
import dev.parley.chassis.Wire;
import dev.parley.contracts.Envelope;
import dev.parley.contracts.EventType;
import dev.parley.contracts.Ids;
import dev.parley.contracts.Json;
import dev.parley.contracts.Recipient;
import dev.parley.contracts.Schemas;
import dev.parley.contracts.Topics;
import dev.parley.contracts.event.ConversationType;
import dev.parley.contracts.event.Draft;
import dev.parley.contracts.event.History;
import dev.parley.contracts.event.Posting;
import dev.parley.message.Group;
import dev.parley.message.Uploads;
import dev.parley.message.WithBackEnds;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
class DraftsResourceTest extends WithBackEnds {
  private final Group group = Group.of("ana", "bo");

  @Test
  void aPlaceHasOneDraftTheLastOne() {
    String root = group.said("bo", "root");
    save("ana", null, Map.of("body", "Hel")).statusCode(200).body("body", is("Hel"));
    String file = upload("ana");
    save("ana", null, Map.of("body", "Hello 👩‍👩‍👧", "attachments", List.of(file)))
        .statusCode(200)
        .body("attachments", contains(file));
    save("ana", root, Map.of("body", "A reply")).body("thread", is(root));
    drafts("ana")
        .body("items.body", contains("A reply", "Hello 👩‍👩‍👧"))
        .body("items.conversationId", contains(id(), id()))
        .body("items[1].thread", nullValue())
        .body("next", nullValue());
    drafts("bo").body("items", empty());
    delete("ana").statusCode(204);
    delete("ana").statusCode(204);
    drafts("ana").body("items.body", contains("A reply"));
    save("ana", root, Map.of("body", "  ")).statusCode(200).body("deleted", is(true));
    drafts("ana").body("items", empty());
  }

  private String upload(String who) {
    byte[] bytes = "hello".getBytes(StandardCharsets.UTF_8);
    return Uploads.start(group.token(who), "a.txt", "text/plain", bytes).path("id");
  }

  @Test
  void sendingClearsThePlacesDraftAndNoOther() {
    String root = group.said("bo", "root");
    save("ana", null, Map.of("body", "top"));
    save("ana", root, Map.of("body", "reply"));
    group.said("bo", "of another");
    drafts("ana").body("items.body", contains("reply", "top"));
    group.said("ana", "top");
    drafts("ana").body("items.body", contains("reply"));
    group
        .send("ana", Map.of("clientMsgId", "r", "body", "reply", "threadRoot", root))
        .statusCode(201);
    drafts("ana").body("items", empty());
    List<Envelope> told = told(4);
    assertThat(told)
        .extracting(event -> event.data(Draft.class).body())
        .containsExactly("top", "reply", "", "");
    Draft cleared = told.get(2).data(Draft.class);
    assertThat(cleared.deleted()).isTrue();
    assertThat(cleared.thread()).isNull();
    assertThat(cleared.version()).isGreaterThan(told.get(1).data(Draft.class).version());
    assertThat(told.get(3).data(Draft.class).thread()).isEqualTo(UUID.fromString(root));
    assertThat(told.get(2).to()).containsExactly(Recipient.user("ana"));
    assertThat(told.get(2).conversationType()).isEqualTo(ConversationType.GROUP);
    told.forEach(event -> Schemas.validate(Json.bytes(event)));
  }

  @Test
  void aDraftIsNotWrittenOverUnseenByWhoAsksForThat() {
    String first =
        save("ana", null, Map.of("body", "one")).statusCode(200).extract().header("ETag");
    String path = "/v1/drafts/" + group.id();
    String second =
        group
            .as("ana")
            .header("If-Match", first)
            .body(Map.of("body", "two"))
            .put(path)
            .then()
            .statusCode(200)
            .extract()
            .header("ETag");
    group
        .as("ana")
        .header("If-Match", first)
        .body(Map.of("body", "three"))
        .put(path)
        .then()
        .statusCode(409)
        .body("code", is("version_conflict"))
        .body("current.body", is("two"));
    group.as("ana").header("If-Match", first).delete(path).then().statusCode(409);
    group
        .as("ana")
        .header("If-Match", "two")
        .delete(path)
        .then()
        .statusCode(400)
        .body("violations[0].field", is("If-Match"));
    drafts("ana").body("items.body", contains("two"));
    group.as("ana").header("If-Match", second).delete(path).then().statusCode(204);
    group
        .as("ana")
        .header("If-Match", second)
        .body(Map.of("body", "four"))
        .put(path)
        .then()
        .statusCode(409)
        .body("current", nullValue());
    save("ana", null, Map.of("body", "five")).statusCode(200);
  }

  @Test
  void whatOneDoesNotSeeAnyMoreIsNotListed() {
    save("bo", null, Map.of("body", "x")).statusCode(200);
    group.remove("bo");
    drafts("bo").body("items", empty());
  }

  @Test
  void whoDoesNotSeeTheThreadAnyMoreThrowsTheirDraftAwayAndWritesNoOther() {
    String first = group.said("ana", "first");
    String second = group.said("ana", "second");
    save("bo", first, Map.of("body", "to first")).statusCode(200);
    save("bo", second, Map.of("body", "to second")).statusCode(200);
    group.remove("bo");
    group.add("bo", History.FROM_NOW);
    group.message("bo", first).statusCode(404);
    save("bo", first, Map.of("body", "more"))
        .statusCode(400)
        .body("violations[0].field", is("thread"));
    drafts("bo").body("items.body", contains("to second", "to first"));
    group.as("bo").queryParam("thread", first).delete("/v1/drafts/" + id()).then().statusCode(204);
    drafts("bo").body("items.body", contains("to second"));
    save("bo", second, Map.of("body", "")).statusCode(200).body("deleted", is(true));
    drafts("bo").body("items", empty());
    group.as("bo").queryParam("thread", "x").delete("/v1/drafts/" + id()).then().statusCode(400);
  }

  @Test
  void theListGoesOnWhereItEnded() {
    Group other = Group.create(group.tenant(), ConversationType.GROUP, Posting.ALL, "ana");
    save("ana", null, Map.of("body", "first"));
    other.as("ana").body(Map.of("body", "second")).put("/v1/drafts/" + other.id());
    String next =
        group
            .as("ana")
            .get("/v1/drafts?limit=1")
            .then()
            .body("items.body", contains("second"))
            .extract()
            .path("next");
    group
        .as("ana")
        .queryParam("cursor", next)
        .get("/v1/drafts")
        .then()
        .body("items.body", contains("first"));
    group.as("bo").queryParam("cursor", next).get("/v1/drafts").then().statusCode(400);
  }

  @Test
  void whoIsLoggedInAsSomebodyElseHasNoDrafts() {
    save("ana", null, Map.of("body", "mine"));
    String as = Tokens.of(group.tenant(), "ana", Map.of("roles", "user", "impersonator", "root"));
    String path = "/v1/drafts/" + id();
    given()
        .auth()
        .oauth2(as)
        .contentType("application/json")
        .body(Map.of("body", "x"))
        .put(path)
        .then()
        .statusCode(403)
        .body("code", is("impersonation_forbidden"));
    given().auth().oauth2(as).get("/v1/drafts").then().statusCode(403);
    given().auth().oauth2(as).delete(path).then().statusCode(403);
    given()
        .auth()
        .oauth2(as)
        .contentType("application/json")
        .body(Map.of("clientMsgId", "x", "body", "x"))
        .post("/v1/timelines/" + id() + "/messages")
        .then()
        .statusCode(201);
    drafts("ana").body("items.body", contains("mine"));
  }

  @Test
  void badDraftsAndStrangersAreRefused() {
    save("ana", null, Map.of()).statusCode(400).body("violations.field", hasItem("body"));
    save("ana", null, Map.of("body", "x".repeat(40_001)))
        .statusCode(400)
        .body("violations.field", hasItem("body"));
    save("ana", null, Map.of("body", "x", "attachments", List.of("y"))).statusCode(400);
    save("ana", "x", Map.of("body", "x"))
        .statusCode(400)
        .body("violations.field", hasItem("thread"));
    save("ana", Ids.next().toString(), Map.of("body", "x"))
        .statusCode(400)
        .body("violations.field", hasItem("thread"));
    save("stranger", null, Map.of("body", "x")).statusCode(404);
    delete("stranger").statusCode(404);
    given().get("/v1/drafts").then().statusCode(401);
    given()
        .contentType("application/json")
        .body(Map.of("body", "x"))
        .put("/v1/drafts/" + id())
        .then()
        .statusCode(401);
    given()
        .auth()
        .oauth2(Tokens.user("another", "ana"))
        .contentType("application/json")
        .body(Map.of("body", "x"))
        .put("/v1/drafts/" + id())
        .then()
        .statusCode(404);
    group.as("ana").get("/v1/drafts?limit=0").then().statusCode(400);
    group.as("ana").get("/v1/drafts?cursor=x").then().statusCode(400);
  }

  @Test
  void whatIsArchivedTakesNoDraftAndKeepsWhatStoodThere() {
    save("ana", null, Map.of("body", "before")).statusCode(200);
    group.archive();
    save("ana", null, Map.of("body", "after"))
        .statusCode(409)
        .body("code", is("conversation_archived"));
    drafts("ana").body("items.body", contains("before"));
    delete("ana").statusCode(204);
    drafts("ana").body("items", empty());
    save("ana", null, Map.of("body", "")).statusCode(200);
    group
        .as("bo")
        .header("If-Match", "*")
        .body(Map.of("body", "there is none"))
        .put("/v1/drafts/" + Group.create(group.tenant(), group.type(), Posting.ALL, "bo").id())
        .then()
        .statusCode(409)
        .body("code", is("version_conflict"));
  }

  private String id() {
    return group.id().toString();
  }

  private ValidatableResponse save(String who, String thread, Map<String, ?> body) {
    var request = group.as(who).body(body);
    return (thread == null ? request : request.queryParam("thread", thread))
        .put("/v1/drafts/" + id())
        .then();
  }

  private ValidatableResponse delete(String who) {
    return group.as(who).delete("/v1/drafts/" + id()).then();
  }

  private ValidatableResponse drafts(String who) {
    return group.as(who).get("/v1/drafts").then().statusCode(200);
  }

  private List<Envelope> told(int count) {
    return Wire.await(
        Topics.MESSAGE_PERSONAL,
        count,
        Duration.ofSeconds(30),
        event ->
            group.id().equals(event.conversationId())
                && EventType.DRAFT_UPDATED.equals(event.type()));
  }
}
