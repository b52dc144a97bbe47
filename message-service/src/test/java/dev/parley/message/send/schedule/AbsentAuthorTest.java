package dev.parley.message.send.schedule;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import dev.parley.chassis.Tokens;
import dev.parley.chassis.Wire;
import dev.parley.chassis.tx.Tx;
import dev.parley.contracts.Ids;
import dev.parley.contracts.Topics;
import dev.parley.contracts.event.ConversationType;
import dev.parley.contracts.event.Posting;
import dev.parley.message.Group;
import dev.parley.message.WithBackEnds;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is sent by the clock is said by somebody who is not there. */
@QuarkusTest
class AbsentAuthorTest extends WithBackEnds {
  private static final String PATH = "/v1/scheduled-messages/";

  @Inject Tx tx;

  @Test
  void aPlannedMessageLeavesItsAuthorsDraftAndMarkAlone() {
    Group group = Group.of("ana", "bo");
    group.said("bo", "Did you see this?");
    group.as("ana").body(Map.of("body", "I am typing")).put("/v1/drafts/" + group.id());
    plan(group, group.as("ana"), 1, Map.of("body", "Planned")).statusCode(201);
    group.log(3);
    group.page("bo", Map.of()).body("items.body", contains("Did you see this?", "Planned"));
    group
        .as("ana")
        .get("/v1/drafts")
        .then()
        .statusCode(200)
        .body("items.body", contains("I am typing"));
    unread(group)
        .body("conversations[0].readSeq", is(0))
        .body("conversations[0].unread", is(1))
        .body("total", is(1));
    group.said("ana", "Now I am here");
    unread(group).body("conversations[0].readSeq", is(3)).body("total", is(0));
    group.as("ana").get("/v1/drafts").then().body("items", empty());
    // Of the two sends the second alone has told that the draft is gone.
    assertThat(
            Wire.await(
                Topics.MESSAGE_PERSONAL,
                1,
                Duration.ofSeconds(30),
                event ->
                    group.id().equals(event.conversationId())
                        && event.type().equals("draft.updated")
                        && event.data().path("deleted").asBoolean()))
        .hasSize(1);
  }

  @Test
  void aPlannedReplyLeavesItsAuthorsThreadAsUnreadAsItWas() {
    Group group = Group.of("ana", "bo");
    String root = group.said("ana", "Root");
    group
        .send("bo", Map.of("clientMsgId", "r1", "body", "Reply", "threadRoot", root))
        .statusCode(201);
    unread(group).body("conversations[0].threadUnread", is(1));
    plan(group, group.as("ana"), 1, Map.of("body", "Planned", "threadRoot", root)).statusCode(201);
    group.log(6);
    group.page("bo", Map.of("thread", root)).body("items.body", contains("Reply", "Planned"));
    unread(group).body("conversations[0].threadUnread", is(1));
    group
        .send("ana", Map.of("clientMsgId", "r2", "body", "Here", "threadRoot", root))
        .statusCode(201);
    unread(group).body("conversations[0].threadUnread", is(0));
  }

  @Test
  void whoIsLoggedInAsSomebodyElseFindsNothingPlannedForInternalChats() {
    String tenant = "t" + Ids.next();
    Group chat = Group.create(tenant, ConversationType.INTERNAL_CHAT, Posting.ALL, "ana", "bo");
    Group group = Group.create(tenant, ConversationType.GROUP, Posting.ALL, "ana", "bo");
    Map<String, ?> patch = Map.of("body", "x");
    String inside = planned(chat, "among us");
    String outside = planned(group, "for all");
    String as = Tokens.of(tenant, "ana", Map.of("roles", "user", "impersonator", "root"));

    list(as(as)).body("items.id", contains(outside));
    as(as).body(patch).patch("/v1/scheduled-messages/" + inside).then().statusCode(404);
    as(as).delete("/v1/scheduled-messages/" + inside).then().statusCode(404);
    plan(chat, as(as), 3600, patch).statusCode(404);
    as(as).body(patch).patch("/v1/scheduled-messages/" + outside).then().statusCode(200);
    list(group.as("ana"))
        .body("items", hasSize(2))
        .body("items.find { it.id == '" + inside + "' }.body", is("among us"));
  }

  @Test
  void whatSomebodyElsePlansOrChangesAsTheAuthorSaysSoWhenItIsSentAndIsAudited() {
    Group group = Group.of("ana", "bo");
    String as = Tokens.of(group.tenant(), "ana", Map.of("roles", "user", "impersonator", "root"));
    String own = planned(group, "own");
    String theirs = plan(group, as(as), 3600, Map.of("body", "x")).extract().path("id");
    String changed = planned(group, "x");
    as(as).body(Map.of("body", "changed")).patch(PATH + changed).then().statusCode(200);
    change(group, theirs, Map.of("body", "theirs")).statusCode(200);
    for (String id : List.of(own, theirs, changed)) {
      change(group, id, Map.of("sendAt", Instant.now().plusSeconds(2).toString())).statusCode(200);
    }
    group.log(4);
    group
        .page("bo", Map.of())
        .body("items", hasSize(3))
        .body("items.find { it.body == 'own' }.impersonatedBy", nullValue())
        .body("items.find { it.body == 'theirs' }.impersonatedBy", is("root"))
        .body("items.find { it.body == 'changed' }.impersonatedBy", is("root"));
    await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () -> audited(group.tenant()).stream().filter(c -> c.startsWith("SEND")).count() > 1);
    assertThat(audited(group.tenant()))
        .containsExactlyInAnyOrder(
            "POST /v1/scheduled-messages",
            "PATCH " + PATH + changed,
            "SEND " + PATH + theirs,
            "SEND " + PATH + changed);
  }

  private List<String> audited(String tenant) {
    List<String> calls = new ArrayList<>();
    tx.in(tenant)
        .read(
            "select call from impersonation_audit where user_id = 'ana' and impersonator = 'root'",
            Tuple.tuple())
        .await()
        .atMost(Duration.ofSeconds(30))
        .forEach(row -> calls.add(row.getString("call")));
    return calls;
  }

  private static ValidatableResponse change(Group group, String id, Map<String, ?> patch) {
    return group.as("ana").body(patch).patch(PATH + id).then();
  }

  private static String planned(Group group, String body) {
    return plan(group, group.as("ana"), 3600, Map.of("body", body))
        .statusCode(201)
        .extract()
        .path("id");
  }

  private static ValidatableResponse plan(
      Group group, RequestSpecification author, int seconds, Map<String, ?> request) {
    Map<String, Object> body = new HashMap<>(request);
    body.put("conversationId", group.id().toString());
    body.put("zone", "Europe/Vienna");
    body.put("sendAt", Instant.now().plusSeconds(seconds).toString());
    return author.body(body).post("/v1/scheduled-messages").then();
  }

  private static ValidatableResponse list(RequestSpecification author) {
    return author.get("/v1/scheduled-messages").then().statusCode(200);
  }

  private static RequestSpecification as(String token) {
    return given().auth().oauth2(token).contentType("application/json");
  }

  private static ValidatableResponse unread(Group group) {
    return group.as("ana").get("/v1/unread").then().statusCode(200);
  }
}
