package dev.parley.message.edit;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import dev.parley.chassis.Tokens;
import dev.parley.contracts.Envelope;
import dev.parley.contracts.EventType;
import dev.parley.contracts.Ids;
import dev.parley.contracts.Json;
import dev.parley.contracts.Schemas;
import dev.parley.contracts.event.ConversationType;
import dev.parley.contracts.event.History;
import dev.parley.contracts.event.Message;
import dev.parley.message.Group;
import dev.parley.message.Told;
import dev.parley.message.WithBackEnds;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class EditMessageResourceTest extends WithBackEnds {
  @Test
  void anEditIsReadByAllAndTold() {
    Group group = Group.of("ana", "bo");
    String id = group.said("ana", "Helo");
    group.said("bo", "Yes?");
    group.message("bo", id).header("ETag", "\"1\"").body("edited", nullValue());

    edit(group, "ana", id, "\"1\"", Map.of("body", "Hello @bo", "mentions", List.of("bo")))
        .statusCode(200)
        .header("ETag", "\"2\"")
        .body("id", is(id))
        .body("body", is("Hello @bo"))
        .body("mentions", contains("bo"))
        .body("version", is(2))
        .body("seq", is(1))
        .body("rev", is(4))
        .body("edited.version", is(2))
        .body("edited.mentioned", nullValue())
        .body("unreachable", nullValue());

    group.message("bo", id).body("body", is("Hello @bo")).body("edited.version", is(2));
    group.page("bo", Map.of()).body("items.body", contains("Hello @bo", "Yes?")).body("rev", is(4));
    group.page("bo", Map.of("changedAfter", 3)).body("items.id", contains(id));

    Envelope told = group.log(4).get(3);
    Schemas.validate(Json.bytes(told));
    assertThat(told.type()).isEqualTo(EventType.MESSAGE_UPDATED);
    assertThat(told.rev()).isEqualTo(4);
    assertThat(told.seq()).isEqualTo(1);
    assertThat(told.conversationType()).isEqualTo(ConversationType.GROUP);
    Message data = told.data(Message.class);
    assertThat(data.body()).isEqualTo("Hello @bo");
    assertThat(data.rev()).isEqualTo(4);
    assertThat(data.edited().mentioned()).containsExactly("bo");
  }

  @Test
  void whoHasNotReadTheNewestMayNotWrite() {
    Group group = Group.of("ana", "bo");
    String id = group.said("ana", "one");
    edit(group, "ana", id, null, Map.of("body", "two"))
        .statusCode(428)
        .body("code", is("precondition_required"));
    edit(group, "ana", id, "\"1\"", Map.of("body", "two")).statusCode(200);
    edit(group, "ana", id, "\"1\"", Map.of("body", "three"))
        .statusCode(409)
        .body("code", is("version_conflict"))
        .body("current.body", is("two"))
        .body("current.version", is(2));
    edit(group, "ana", id, "x", Map.of("body", "three"))
        .statusCode(400)
        .body("violations[0].field", is("If-Match"));
    group.message("ana", id).body("body", is("two"));
  }

  @Test
  void ofManyEditsAtOnceOneIsMade() {
    Group group = Group.of("ana", "bo");
    String id = group.said("ana", "start");
    List<Integer> codes =
        IntStream.range(0, 12)
            .mapToObj(
                n ->
                    CompletableFuture.supplyAsync(
                        () ->
                            edit(group, "ana", id, "\"1\"", Map.of("body", "edit " + n))
                                .extract()
                                .statusCode()))
            .toList()
            .stream()
            .map(CompletableFuture::join)
            .sorted()
            .toList();
    assertThat(codes.get(0)).isEqualTo(200);
    assertThat(codes.subList(1, 12)).containsOnly(409);
    group.message("bo", id).body("version", is(2)).body("rev", is(3));
  }

  @Test
  void theSameTextAgainChangesNothing() {
    Group group = Group.of("ana", "bo");
    String id = group.said("ana", "one");
    edit(group, "ana", id, "\"1\"", Map.of("body", "one"))
        .statusCode(200)
        .body("version", is(1))
        .body("edited", nullValue());
    group.page("bo", Map.of()).body("rev", is(2));
  }

  @Test
  void staffReadWhatWasSaidBefore() {
    Group group = Group.of(ConversationType.CLIENT, "ana", "client:cy");
    String id = group.said("client:cy", "one");
    edit(group, "client:cy", id, "\"1\"", Map.of("body", "two")).statusCode(200);
    edit(group, "client:cy", id, "\"2\"", Map.of("body", "three")).statusCode(200);
    history(group.as("ana"), id)
        .statusCode(200)
        .body("items.version", contains(1, 2, 3))
        .body("items.body", contains("one", "two", "three"));
    history(group.as("client:cy"), id).statusCode(403).body("code", is("forbidden"));
    String next =
        group
            .as("bo")
            .get("/v1/messages/" + id + "/history?limit=2")
            .then()
            .statusCode(200)
            .body("items.body", contains("one", "two"))
            .extract()
            .path("next");
    String rest = "/v1/messages/" + id + "/history?limit=2&cursor=" + next;
    group.as("bo").get(rest).then().body("items.body", contains("three")).body("next", nullValue());
    group.as("ana").get(rest).then().statusCode(400).body("violations.field", contains("cursor"));
    group
        .as("bo")
        .get("/v1/messages/" + id + "/history?limit=201")
        .then()
        .statusCode(400)
        .body("code", is("limit_out_of_range"));
    String never = group.said("ana", "only");
    history(group.as("ana"), never).body("items.body", contains("only"));
  }

  @Test
  void onlyTheAuthorEdits() {
    Group group = Group.of("ana", "bo");
    String id = group.said("bo", "mine");
    edit(group, "ana", id, "\"1\"", Map.of("body", "x"))
        .statusCode(403)
        .body("code", is("forbidden"));
    Group client = Group.of(ConversationType.CLIENT, "same", "client:same");
    String theirs = client.said("client:same", "mine");
    edit(client, "same", theirs, "\"1\"", Map.of("body", "x")).statusCode(403);
    group.message("bo", id).body("body", is("mine")).body("version", is(1));
  }

  @Test
  void whatCannotBeSeenIsNotThere() {
    Group group = Group.of("ana", "bo");
    String id = group.said("bo", "old");
    group.add("cy", History.FROM_NOW);
    Map<String, String> body = Map.of("body", "x");
    edit(group, "cy", id, "\"1\"", body).statusCode(404);
    edit(group, "stranger", id, "\"1\"", body).statusCode(404).body("code", is("not_found"));
    edit(group, "ana", Ids.next().toString(), "\"1\"", body).statusCode(404);
    edit(group, "ana", "no-uuid", "\"1\"", body).statusCode(404);
    group.remove("bo");
    edit(group, "bo", id, "\"1\"", body).statusCode(404);
    RequestSpecification other = given().auth().oauth2(Tokens.user("another", "bo"));
    history(other, id).statusCode(404);
    other
        .contentType("application/json")
        .header("If-Match", "\"1\"")
        .body(body)
        .patch("/v1/messages/" + id)
        .then()
        .statusCode(404);
    given()
        .contentType("application/json")
        .body(body)
        .patch("/v1/messages/" + id)
        .then()
        .statusCode(401);
    history(given(), id).statusCode(401);
  }

  @Test
  void anArchivedConversationIsReadOnlyAndAClosedOneIsNot() {
    Group group = Group.of("ana", "bo");
    String id = group.said("ana", "one");
    group.placed(
        group.tell(
            EventType.CONVERSATION_CLOSED,
            dev.parley.contracts.event.ConversationState.CLOSED,
            null));
    edit(group, "ana", id, "\"1\"", Map.of("body", "two")).statusCode(200);
    group.archive();
    edit(group, "ana", id, "\"2\"", Map.of("body", "three"))
        .statusCode(409)
        .body("code", is("conversation_archived"));
  }

  @Test
  void whatWentOutAsSmsStaysAsItIsAndANoteDoesNot() {
    Group sms = Group.of(ConversationType.SMS, "ana");
    String id = sms.said("ana", "on its way");
    edit(sms, "ana", id, "\"1\"", Map.of("body", "x"))
        .statusCode(409)
        .body("code", is("already_sent"));
    String note = sms.noted("ana", "inside");
    edit(sms, "ana", note, "\"1\"", Map.of("body", "inside, still"))
        .statusCode(200)
        .body("body", is("inside, still"))
        .body("visibility", is("internal"));
  }

  @Test
  void whatWasSaidBeforeAGroupsFirstNumberCameIsEdited() {
    Group group = Group.of("ana", "bo");
    String before = group.said("ana", "one");
    group.add("+4366012345678", History.FROM_NOW);
    String after = group.said("ana", "two");
    edit(group, "ana", before, "\"1\"", Map.of("body", "x")).statusCode(200);
    edit(group, "ana", after, "\"1\"", Map.of("body", "x"))
        .statusCode(409)
        .body("code", is("already_sent"));
  }

  @Test
  void newlyMentionedPeopleWhoCannotSeeItAreListed() {
    Group group = Group.of("ana", "bo");
    Told.users(group.tenant(), "dee", "eve");
    String id =
        group
            .send("ana", Map.of("clientMsgId", "c", "body", "x", "mentions", List.of("bo", "dee")))
            .extract()
            .path("id");
    edit(group, "ana", id, "\"1\"", Map.of("body", "y", "mentions", List.of("bo", "dee", "eve")))
        .statusCode(200)
        .body("unreachable", contains("eve"));
    edit(group, "ana", id, "\"2\"", Map.of("body", "z"))
        .statusCode(200)
        .body("mentions", contains("bo", "dee", "eve"));
  }

  @Test
  void aRepeatedSendGetsTheMessageAsItIsNow() {
    Group group = Group.of("ana", "bo");
    String id = group.send("ana", "c1", "one").statusCode(201).extract().path("id");
    edit(group, "ana", id, "\"1\"", Map.of("body", "two")).statusCode(200);
    group
        .send("ana", "c1", "one")
        .statusCode(200)
        .body("id", is(id))
        .body("body", is("two"))
        .body("version", is(2));
    group.send("ana", "c1", "two").statusCode(409).body("code", is("client_msg_id_reused"));
    group.page("ana", Map.of()).body("items", hasSize(1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\u0000", "a\u0000b"})
  void badBodiesAreRefusedByName(String body) {
    Group group = Group.of("ana", "bo");
    String id = group.said("ana", "one");
    edit(group, "ana", id, "\"1\"", Map.of("body", body))
        .statusCode(400)
        .body("violations[0].field", is("body"));
  }

  @Test
  void badRequestsAreRefusedByName() {
    Group group = Group.of("ana", "bo");
    String id = group.said("ana", "one");
    edit(group, "ana", id, "\"1\"", Map.of())
        .statusCode(400)
        .body("violations[0].field", is("body"));
    edit(group, "ana", id, "\"1\"", Map.of("body", "x".repeat(40_001)))
        .statusCode(400)
        .body("violations[0].field", is("body"));
    edit(group, "ana", id, "\"1\"", Map.of("body", "x", "mentions", List.of("a b")))
        .statusCode(400)
        .body("violations[0].field", is("mentions[0]"));
    String emoji = "👩🏽‍💻 \u202eשלום \uD83C\uDDEA\uD83C\uDDFA";
    edit(group, "ana", id, "\"1\"", Map.of("body", emoji)).body("body", equalTo(emoji));
  }

  private static ValidatableResponse edit(
      Group group, String user, String id, String ifMatch, Map<String, ?> body) {
    RequestSpecification request = group.as(user).body(body);
    if (ifMatch != null) {
      request.header("If-Match", ifMatch);
    }
    return request.patch("/v1/messages/" + id).then();
  }

  private static ValidatableResponse history(RequestSpecification as, String id) {
    return as.get("/v1/messages/" + id + "/history").then();
  }
}
