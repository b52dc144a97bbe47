package dev.parley.message.send;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import dev.parley.chassis.Wire;
import dev.parley.contracts.EventType;
import dev.parley.contracts.Ids;
import dev.parley.contracts.Topics;
import dev.parley.contracts.event.ConversationType;
import dev.parley.contracts.event.History;
import dev.parley.contracts.event.Message;
import dev.parley.message.Group;
import dev.parley.message.Told;
import dev.parley.message.WithBackEnds;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Whom a message mentions: known people, of whom those are named who will not get it. */
@QuarkusTest
class MentionsTest extends WithBackEnds {
  @Test
  void whoIsUnknownIsRefusedByPlaceAndWhoIsKnownAndNotThereIsUnreachable() {
    Group group = Group.of("ana", "bo");
    Told.users(group.tenant(), "zed");
    mention(group, "ana", "all", "bo", "zed", "nobody")
        .statusCode(422)
        .body("code", is("unknown_reference"))
        .body("violations[0].field", is("mentions[2]"));
    mention(group, "ana", "all", "bo", "zed")
        .statusCode(201)
        .body("unreachable", is(List.of("zed")));
    mention(group, "ana", "all", "channel").statusCode(201).body("unreachable", nullValue());
    Told.users("t" + Ids.next(), "elsewhere");
    mention(group, "ana", "all", "elsewhere")
        .statusCode(422)
        .body("violations[0].field", is("mentions[0]"));
  }

  @Test
  void whoHasLeftIsKnownAndUnreachable() {
    Group group = Group.of("ana", "bo", "cy");
    group.remove("cy");
    mention(group, "ana", "all", "cy").statusCode(201).body("unreachable", is(List.of("cy")));
  }

  @Test
  void anEditAsksOnlyOfWhomItAdds() {
    Group group = Group.of("ana", "bo");
    Told.users(group.tenant(), "zed");
    String id = mention(group, "ana", "all", "zed").statusCode(201).extract().path("id");
    edit(group, id, "zed", "nobody")
        .statusCode(422)
        .body("code", is("unknown_reference"))
        .body("violations[0].field", is("mentions[1]"));
    edit(group, id, "zed", "bo").statusCode(200).body("unreachable", nullValue());
  }

  /** product.md §1, History: a thread that began before them is none for them. */
  @Test
  void inAThreadWhoDoesNotSeeItsRootIsUnreachable() {
    Group group = Group.of("ana", "bo");
    String old = group.said("ana", "old");
    String before = reply(group, old).statusCode(201).extract().path("id");
    group.add("dee", History.FROM_NOW);
    String after =
        reply(group, old, "dee", "bo")
            .statusCode(201)
            .body("unreachable", is(List.of("dee")))
            .extract()
            .path("id");
    String plain = reply(group, old).statusCode(201).extract().path("id");
    for (String id : List.of(before, plain)) {
      edit(group, id, "dee", "bo").statusCode(200).body("unreachable", is(List.of("dee")));
    }
    assertThat(newlyMentioned(group, 2)).isEqualTo(List.of(List.of("bo"), List.of("bo")));
    edit(group, after, "dee", "bo").statusCode(200).body("unreachable", nullValue());
    group
        .as("dee")
        .get("/v1/unread")
        .then()
        .body("conversations.threadUnread", is(List.of(0)))
        .body("conversations.mentions", is(List.of(0)));
    group.as("dee").get("/v1/threads").then().statusCode(200).body("items", empty());
    group.as("dee").put("/v1/messages/" + old + "/follow").then().statusCode(404);

    String seen = group.said("ana", "seen");
    String reached =
        reply(group, seen, "dee")
            .statusCode(201)
            .body("unreachable", nullValue())
            .extract()
            .path("id");
    edit(group, reached, "dee", "bo").statusCode(200).body("unreachable", nullValue());
    group.as("dee").get("/v1/unread").then().body("conversations.threadUnread", is(List.of(1)));
  }

  /** Whom the edits have mentioned anew, as others are told. */
  private static List<List<String>> newlyMentioned(Group group, int edits) {
    return Wire.await(
            Topics.TIMELINE,
            edits,
            Duration.ofSeconds(30),
            event ->
                group.id().equals(event.conversationId())
                    && EventType.MESSAGE_UPDATED.equals(event.type()))
        .stream()
        .map(event -> event.data(Message.class).edited().mentioned())
        .toList();
  }

  @Test
  void aClientWhoGetsTheMessageIsReachedAndOneOfWhomANoteSpeaksIsNot() {
    Group channel = Group.of(ConversationType.CLIENT, "ana", "client:cleo");
    Told.record(channel.tenant(), "contact", "carl", 1, Map.of("client", true));
    mention(channel, "ana", "all", "cleo").statusCode(201).body("unreachable", nullValue());
    mention(channel, "ana", "internal", "cleo")
        .statusCode(201)
        .body("unreachable", is(List.of("cleo")));
    mention(channel, "ana", "all", "carl").statusCode(201).body("unreachable", is(List.of("carl")));
    mention(channel, "client:cleo", "all", "ana").statusCode(201).body("unreachable", nullValue());
  }

  /** product.md §3: an invisible id and a missing one answer alike. */
  @Test
  void aClientDoesNotLearnWhoThereIsBesidesThoseWhoTakePart() {
    Group channel = Group.of(ConversationType.CLIENT, "ana", "bo", "client:cleo");
    Told.users(channel.tenant(), "zed");
    Told.record(channel.tenant(), "contact", "carl", 1, Map.of("client", true));
    channel.remove("bo");
    String missing = refusal(channel, "nobody");
    assertThat(missing).contains("unknown_reference").contains("mentions[0]");
    for (String hidden : List.of("zed", "carl", "bo")) {
      assertThat(refusal(channel, hidden)).isEqualTo(missing);
      mention(channel, "ana", "all", hidden).statusCode(201);
    }
    mention(channel, "client:cleo", "all", "ana").statusCode(201);
  }

  /** Without what differs in all answers. */
  private static String refusal(Group channel, String mentioned) {
    return mention(channel, "client:cleo", "all", mentioned)
        .statusCode(422)
        .extract()
        .asString()
        .replaceAll("\"requestId\":\"[^\"]*\"", "");
  }

  private static ValidatableResponse mention(
      Group group, String who, String visibility, String... mentions) {
    return group.send(
        who,
        Map.of(
            "clientMsgId",
            "c" + Ids.next(),
            "body",
            "x",
            "visibility",
            visibility,
            "mentions",
            List.of(mentions)));
  }

  private static ValidatableResponse reply(Group group, String root, String... mentions) {
    return group.send(
        "ana",
        Map.of(
            "clientMsgId",
            "c" + Ids.next(),
            "body",
            "x",
            "threadRoot",
            root,
            "mentions",
            List.of(mentions)));
  }

  private static ValidatableResponse edit(Group group, String id, String... mentions) {
    return group
        .as("ana")
        .header("If-Match", "\"1\"")
        .body(Map.of("body", "y", "mentions", List.of(mentions)))
        .patch("/v1/messages/" + id)
        .then();
  }
}
