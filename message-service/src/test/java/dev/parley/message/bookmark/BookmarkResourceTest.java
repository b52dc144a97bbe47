package dev.parley.message.bookmark;

import static dev.parley.message.bookmark.Marks.change;
import static dev.parley.message.bookmark.Marks.list;
import static dev.parley.message.bookmark.Marks.made;
import static dev.parley.message.bookmark.Marks.make;
import static dev.parley.message.bookmark.Marks.remove;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
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
import dev.parley.contracts.event.Bookmark;
import dev.parley.contracts.event.ConversationType;
import dev.parley.contracts.event.History;
import dev.parley.message.Group;
import dev.parley.message.WithBackEnds;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
class BookmarkResourceTest extends WithBackEnds {
  private static final Map<String, String> DECISION = Map.of("type", "decision");
  private static final Map<String, String> PRIVATE =
      Map.of("type", "follow_up", "visibility", "private");

  @Test
  void aBookmarkForAllIsSeenAndToldToAll() {
    Group group = Group.of("ana", "bo");
    String message = group.said("ana", "We ship on Monday");
    String id =
        make(
                group,
                "bo",
                message,
                Map.of(
                    "type",
                    "action_item",
                    "note",
                    "Tell Carla",
                    "assigneeId",
                    "ana",
                    "dueAt",
                    "2036-03-02T09:00:00.000Z"))
            .statusCode(201)
            .header("ETag", "\"1\"")
            .body("messageId", is(message))
            .body("seq", is(1))
            .body("type", is("action_item"))
            .body("note", is("Tell Carla"))
            .body("assigneeId", is("ana"))
            .body("dueAt", is("2036-03-02T09:00:00.000Z"))
            .body("status", is("open"))
            .body("visibility", is("conversation"))
            .body("createdBy", is("bo"))
            .body("version", is(1))
            .extract()
            .path("id");
    list(group, "ana", Map.of()).statusCode(200).body("items.id", contains(id));
    group.message("ana", message).body("bookmarks.id", contains(id)).body("rev", is(3));
    group.page("ana", Map.of("changedAfter", 2)).body("items[0].bookmarks.id", contains(id));

    change(group, "ana", id, "\"1\"", Map.of("status", "done"))
        .statusCode(200)
        .header("ETag", "\"2\"")
        .body("status", is("done"))
        .body("note", is("Tell Carla"));
    change(group, "bo", id, "\"1\"", Map.of("status", "open"))
        .statusCode(409)
        .body("code", is("version_conflict"))
        .body("current.status", is("done"));
    Map<String, Object> nothing = new HashMap<>();
    nothing.put("note", null);
    nothing.put("assigneeId", null);
    nothing.put("dueAt", null);
    change(group, "bo", id, nothing)
        .statusCode(200)
        .body("note", nullValue())
        .body("assigneeId", nullValue())
        .body("dueAt", nullValue())
        .body("version", is(3));
    remove(group, "bo", id).statusCode(204);
    remove(group, "bo", id).statusCode(404);
    list(group, "ana", Map.of()).body("items", empty());
    group.message("ana", message).body("bookmarks", nullValue());

    List<Envelope> log = group.log(6);
    log.forEach(event -> Schemas.validate(Json.bytes(event)));
    assertThat(log.subList(2, 6))
        .extracting(Envelope::type)
        .containsExactly(
            EventType.BOOKMARK_CREATED,
            EventType.BOOKMARK_UPDATED,
            EventType.BOOKMARK_UPDATED,
            EventType.BOOKMARK_DELETED);
    assertThat(log.subList(2, 6))
        .extracting(event -> event.data(Bookmark.class).version())
        .containsExactly(1L, 2L, 3L, 3L);
    assertThat(log.subList(2, 6)).extracting(Envelope::seq).containsOnly(1L);
  }

  @Test
  void aPrivateOneIsNobodyElsesAndMovesNothing() {
    Group group = Group.of("ana", "bo");
    String message = group.said("ana", "Hm");
    String id = made(group, "bo", message, PRIVATE);
    list(group, "bo", Map.of()).body("items.id", contains(id));
    list(group, "ana", Map.of()).body("items", empty());
    group.message("bo", message).body("bookmarks.id", contains(id)).body("rev", is(2));
    group.message("ana", message).body("bookmarks", nullValue()).body("rev", is(2));
    change(group, "ana", id, Map.of("note", "x")).statusCode(404);
    remove(group, "ana", id).statusCode(404);
    change(group, "bo", id, Map.of("note", "mine")).statusCode(200);

    List<Envelope> told = personal(group, 2);
    told.forEach(event -> Schemas.validate(Json.bytes(event)));
    assertThat(told)
        .extracting(Envelope::type)
        .containsExactly(EventType.BOOKMARK_CREATED, EventType.BOOKMARK_UPDATED);
    assertThat(told).extracting(Envelope::to).containsOnly(List.of(new Recipient("user", "bo")));
    group.page("ana", Map.of()).body("rev", is(2));
  }

  @Test
  void whoMadeItSharesItAndTakesItBack() {
    Group group = Group.of("ana", "bo");
    String message = group.said("ana", "Hm");
    String id = made(group, "bo", message, PRIVATE);
    change(group, "bo", id, Map.of("visibility", "conversation")).statusCode(200);
    list(group, "ana", Map.of()).body("items.id", contains(id));
    change(group, "ana", id, Map.of("visibility", "private"))
        .statusCode(403)
        .body("code", is("forbidden"));
    change(group, "bo", id, Map.of("visibility", "private")).statusCode(200);
    list(group, "ana", Map.of()).body("items", empty());
    assertThat(group.log(4).subList(2, 4))
        .extracting(Envelope::type)
        .containsExactly(EventType.BOOKMARK_UPDATED, EventType.BOOKMARK_DELETED);
  }

  @Test
  void onlyWhoHasToDoWithItChangesIt() {
    Group group = Group.of("ana", "bo", "cy", "dee");
    String message = group.said("dee", "Hm");
    String id = made(group, "bo", message, Map.of("type", "blocker", "assigneeId", "cy"));
    change(group, "dee", id, Map.of("status", "done")).statusCode(403);
    remove(group, "dee", id).statusCode(403);
    change(group, "cy", id, Map.of("status", "done")).statusCode(200);
    change(group, "ana", id, Map.of("status", "open")).statusCode(200);
    remove(group, "ana", id).statusCode(204);
  }

  @Test
  void listsAreNarrowedAndPaged() {
    Group group = Group.of("ana", "bo");
    Map<String, ?> record =
        Map.of(
            "op",
            "upsert",
            "tenant",
            group.tenant(),
            "type",
            "deal",
            "id",
            "d1",
            "version",
            1,
            "name",
            "Big one");
    Wire.publish(Topics.CRM_RECORDS, group.tenant() + "/deal/d1", record);
    String deal =
        group
            .send(
                "ana",
                Map.of(
                    "clientMsgId",
                    "d",
                    "body",
                    "x",
                    "recordRefs",
                    List.of(Map.of("type", "deal", "id", "d1"))))
            .extract()
            .path("id");
    String plain = group.said("ana", "y");
    String one = made(group, "ana", deal, DECISION);
    String two = made(group, "bo", plain, Map.of("type", "blocker", "assigneeId", "ana"));
    String three = made(group, "bo", plain, Map.of("type", "decision", "status", "done"));
    list(group, "ana", Map.of()).body("items.id", contains(three, two, one));
    list(group, "ana", Map.of("type", "decision")).body("items.id", contains(three, one));
    list(group, "ana", Map.of("status", "done")).body("items.id", contains(three));
    list(group, "ana", Map.of("assigneeId", "ana")).body("items.id", contains(two));
    list(group, "ana", Map.of("recordType", "deal", "recordId", "d1"))
        .body("items.id", contains(one));
    list(group, "ana", Map.of("conversationId", group.id())).body("items.size()", is(3));
    list(group, "ana", Map.of("conversationId", Ids.next())).body("items", empty());

    List<String> walked = new ArrayList<>();
    String cursor = null;
    do {
      Map<String, Object> query = new HashMap<>(Map.of("limit", 1));
      if (cursor != null) {
        query.put("cursor", cursor);
      }
      var page = list(group, "ana", query).statusCode(200).extract();
      walked.addAll(page.path("items.id"));
      cursor = page.path("next");
    } while (cursor != null);
    assertThat(walked).containsExactly(three, two, one);
    String next = list(group, "ana", Map.of("limit", 1)).extract().path("next");
    list(group, "bo", Map.of("limit", 1, "cursor", next))
        .statusCode(400)
        .body("violations[0].field", is("cursor"));
  }

  @Test
  void whatCannotBeSeenIsNotThere() {
    Group group = Group.of("ana", "bo");
    String message = group.said("ana", "old");
    String id = made(group, "ana", message, DECISION);
    String bos = made(group, "bo", message, PRIVATE);
    group.add("cy", History.FROM_NOW);
    for (String user : List.of("cy", "stranger")) {
      make(group, user, message, DECISION).statusCode(404).body("code", is("not_found"));
      change(group, user, id, Map.of("note", "x")).statusCode(404);
      remove(group, user, id).statusCode(404);
      list(group, user, Map.of()).body("items", empty());
    }
    group.remove("bo");
    list(group, "bo", Map.of()).body("items", empty());
    change(group, "bo", bos, Map.of("note", "x")).statusCode(404);
    String foreign = Tokens.user("another", "ana");
    given().auth().oauth2(foreign).delete("/v1/bookmarks/" + id).then().statusCode(404);
    given()
        .auth()
        .oauth2(foreign)
        .contentType("application/json")
        .body(DECISION)
        .post("/v1/messages/" + message + "/bookmarks")
        .then()
        .statusCode(404);
    given().get("/v1/bookmarks").then().statusCode(401);
    given().delete("/v1/bookmarks/" + id).then().statusCode(401);
    remove(group, "ana", "no-uuid").statusCode(404);
    make(group, "ana", Ids.next().toString(), DECISION).statusCode(404);
  }

  @Test
  void bookmarksAreForStaffAndArchivedIsReadOnly() {
    Group group = Group.of(ConversationType.CLIENT, "ana", "client:cy");
    String message = group.said("client:cy", "Hello");
    String id = made(group, "ana", message, DECISION);
    make(group, "client:cy", message, DECISION).statusCode(403).body("code", is("forbidden"));
    list(group, "client:cy", Map.of()).statusCode(403);
    change(group, "client:cy", id, Map.of("note", "x")).statusCode(403);
    remove(group, "client:cy", id).statusCode(403);
    group.message("client:cy", message).body("bookmarks", nullValue());
    list(group, "colleague", Map.of()).body("items.id", contains(id));
    group.archive();
    make(group, "ana", message, DECISION).statusCode(409).body("code", is("conversation_archived"));
    remove(group, "ana", id).statusCode(409);
  }

  @Test
  void theSameKeyMakesOne() {
    Group group = Group.of("ana", "bo");
    String path = "/v1/messages/" + group.said("ana", "x") + "/bookmarks";
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      ids.add(
          group
              .as("bo")
              .header("Idempotency-Key", "k")
              .body(DECISION)
              .post(path)
              .then()
              .statusCode(201)
              .extract()
              .path("id"));
    }
    assertThat(ids.get(0)).isEqualTo(ids.get(1));
    group
        .as("bo")
        .header("Idempotency-Key", "k")
        .body(PRIVATE)
        .post(path)
        .then()
        .statusCode(409)
        .body("code", is("idempotency_key_reused"));
    list(group, "bo", Map.of()).body("items.id", contains(ids.get(0)));
  }

  @Test
  void aRepeatIsAnsweredWhenTheAssigneeHasGone() {
    Group group = Group.of("ana", "bo", "cy");
    String message = group.said("ana", "x");
    Map<String, ?> wanted = Map.of("type", "follow_up", "assigneeId", "cy");
    Supplier<ValidatableResponse> call =
        () ->
            group
                .as("bo")
                .header("Idempotency-Key", "k")
                .body(wanted)
                .post("/v1/messages/" + message + "/bookmarks")
                .then();
    String id = call.get().statusCode(201).extract().path("id");
    group.remove("cy");
    call.get().statusCode(201).body("id", is(id));
    make(group, "bo", message, wanted).statusCode(422).body("code", is("unknown_reference"));
  }

  @ParameterizedTest
  @CsvSource({
    "type,x",
    "type,",
    "note,LONG",
    "assigneeId,a b",
    "dueAt,tomorrow",
    "dueAt,+999999999-01-01T00:00:00Z",
    "status,x",
    "visibility,x"
  })
  void badRequestsAreRefusedByName(String field, String value) {
    Group group = Group.of("ana", "bo");
    String message = group.said("ana", "x");
    Map<String, Object> body = new HashMap<>(DECISION);
    body.put(field, "LONG".equals(value) ? "x".repeat(2001) : value);
    make(group, "ana", message, body).statusCode(400).body("violations[0].field", is(field));
    String id = made(group, "ana", message, DECISION);
    change(group, "ana", id, body).statusCode(400).body("violations[0].field", is(field));
  }

  @ParameterizedTest
  @CsvSource({"type,x", "status,x", "conversationId,x", "recordId,d1", "assigneeId,a b", "limit,0"})
  void badQueriesAreRefusedByName(String parameter, String value) {
    Group group = Group.of("ana", "bo");
    list(group, "ana", Map.of(parameter, value)).statusCode(400);
  }

  @Test
  void onlyWhoSeesTheMessageIsGivenItToDo() {
    Group group = Group.of("ana", "bo");
    String message = group.said("ana", "x");
    make(group, "ana", message, Map.of("type", "blocker", "assigneeId", "nobody"))
        .statusCode(422)
        .body("code", is("unknown_reference"))
        .body("violations[0].field", is("assigneeId"));
    make(
            group,
            "ana",
            message,
            Map.of("type", "blocker", "assigneeId", "bo", "visibility", "private"))
        .statusCode(400)
        .body("violations[0].field", is("assigneeId"));
    String id = made(group, "ana", message, Map.of("type", "blocker", "assigneeId", "bo"));
    change(group, "ana", id, Map.of("assigneeId", "nobody")).statusCode(422);
    change(group, "ana", id, Map.of("visibility", "private")).statusCode(400);
  }

  private static List<Envelope> personal(Group group, int count) {
    return Wire.await(
        Topics.MESSAGE_PERSONAL,
        count,
        Duration.ofSeconds(30),
        event -> group.id().equals(event.conversationId()) && event.type().startsWith("bookmark."));
  }
}
