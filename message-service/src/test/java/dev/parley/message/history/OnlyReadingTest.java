package dev.parley.message.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;

import dev.parley.chassis.Wire;
import dev.parley.contracts.Ids;
import dev.parley.contracts.Topics;
import dev.parley.contracts.event.ConversationType;
import dev.parley.contracts.event.History;
import dev.parley.message.Group;
import dev.parley.message.WithBackEnds;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Who sees a conversation without taking part reads it, and leaves nothing (product.md §3). */
@QuarkusTest
class OnlyReadingTest extends WithBackEnds {
  private static final Duration SOON = Duration.ofSeconds(30);

  @Test
  void ofAChannelBeforeJoiningOneReadsAndNoMore() {
    Group channel = Group.of(ConversationType.CHANNEL, "ana", "bo");
    readsAndNoMore(channel, channel.said("ana", "News"));
  }

  @Test
  void ofADealsRoomBeforeJoiningOneReadsAndNoMore() {
    Group room = Group.of(ConversationType.DEAL_ROOM, "ana", "bo");
    String said = room.said("ana", "Signed");
    Map<String, Object> deal =
        Map.of("op", "upsert", "tenant", room.tenant(), "type", "deal", "id", "d1", "version", 1);
    Wire.publish(Topics.CRM_RECORDS, room.tenant() + "/deal/d1", (Object) deal);
    Awaitility.await()
        .atMost(SOON)
        .untilAsserted(() -> room.page("cara", Map.of()).statusCode(200));
    readsAndNoMore(room, said);
  }

  @Test
  void ofACustomersConversationAllWhoSeeItTakePart() {
    Group company = Group.of(ConversationType.COMPANY, "ana", "client:c");
    String said = company.said("ana", "Hello");
    calls(company, "cara", said)
        .forEach((call, answer) -> assertThat(answer.get().statusCode()).as(call).isLessThan(300));
    company.as("cara").get("/v1/unread").then().body("conversations", empty());
  }

  private static void readsAndNoMore(Group group, String said) {
    calls(group, "cara", said)
        .forEach(
            (call, answer) -> answer.get().then().statusCode(403).body("code", is("forbidden")));
    group.page("cara", Map.of()).statusCode(200);
    String id = "/v1/timelines/" + group.id();
    group.as("cara").get(id + "/pins").then().statusCode(200);
    group.as("cara").get(id + "/read-cursors").then().statusCode(200);
    group.as("cara").get("/v1/unread").then().body("conversations", empty());
    group.as("cara").get("/v1/drafts").then().body("items", empty());
    group
        .as("cara")
        .body(Map.of("type", "follow_up", "visibility", "private"))
        .post("/v1/messages/" + said + "/bookmarks")
        .then()
        .statusCode(201);

    group.add("cara", History.ALL);
    calls(group, "cara", said)
        .forEach((call, answer) -> assertThat(answer.get().statusCode()).as(call).isLessThan(300));
    draft(group, "cara").then().statusCode(200);
    String own = group.said("cara", "Mine");
    edit(group, own, 1).then().statusCode(200);
    group.remove("cara");
    edit(group, own, 2).then().statusCode(403).body("code", is("forbidden"));
    group.message("cara", own).statusCode(200).body("version", is(2));
    draft(group, "cara").then().statusCode(403);
    group.as("cara").delete("/v1/drafts/" + group.id()).then().statusCode(204);
    group.as("cara").get("/v1/drafts").then().body("items", empty());
  }

  private static Map<String, Supplier<Response>> calls(Group group, String who, String said) {
    String timeline = "/v1/timelines/" + group.id();
    String message = "/v1/messages/" + said;
    Map<String, Supplier<Response>> calls = new LinkedHashMap<>();
    calls.put("read", () -> group.as(who).body(Map.of("seq", 1)).put(timeline + "/read"));
    calls.put(
        "unread-from", () -> group.as(who).body(Map.of("seq", 1)).put(timeline + "/unread-from"));
    calls.put(
        "send",
        () ->
            group
                .as(who)
                .body(Map.of("clientMsgId", "c" + Ids.next(), "body", "Hi"))
                .post(timeline + "/messages"));
    calls.put(
        "reply",
        () ->
            group
                .as(who)
                .body(Map.of("clientMsgId", "c" + Ids.next(), "body", "Hi", "threadRoot", said))
                .post(timeline + "/messages"));
    calls.put("react", () -> group.as(who).put(message + "/reactions/👍"));
    calls.put("unreact", () -> group.as(who).delete(message + "/reactions/👍"));
    calls.put("pin", () -> group.as(who).put(timeline + "/pins/" + said));
    calls.put("unpin", () -> group.as(who).delete(timeline + "/pins/" + said));
    calls.put("draft", () -> draft(group, who));
    if (group.type() != ConversationType.COMPANY) {
      calls.put("follow", () -> group.as(who).put(message + "/follow"));
      calls.put("unfollow", () -> group.as(who).delete(message + "/follow"));
    }
    calls.put(
        "schedule",
        () ->
            group
                .as(who)
                .body(
                    Map.of(
                        "conversationId",
                        group.id(),
                        "clientMsgId",
                        "c" + Ids.next(),
                        "body",
                        "Later",
                        "sendAt",
                        Instant.now().plusSeconds(3600).toString(),
                        "zone",
                        "UTC"))
                .post("/v1/scheduled-messages"));
    calls.put(
        "bookmark for all",
        () ->
            group
                .as(who)
                .body(Map.of("type", "decision", "visibility", "conversation"))
                .post(message + "/bookmarks"));
    return calls;
  }

  private static Response edit(Group group, String message, int version) {
    return group
        .as("cara")
        .header("If-Match", "\"" + version + "\"")
        .body(Map.of("body", "Mine, version " + version))
        .patch("/v1/messages/" + message);
  }

  private static Response draft(Group group, String who) {
    return group.as(who).body(Map.of("body", "Half a")).put("/v1/drafts/" + group.id());
  }
}
