package dev.parley.message.threads;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import dev.parley.chassis.Tokens;
import dev.parley.chassis.Wire;
import dev.parley.contracts.Envelope;
import dev.parley.contracts.EventType;
import dev.parley.contracts.Ids;
import dev.parley.contracts.Topics;
import dev.parley.contracts.event.ConversationType;
import dev.parley.contracts.event.History;
import dev.parley.contracts.event.ThreadFigures;
import dev.parley.contracts.event.ThreadUpdated;
import dev.parley.message.Group;
import dev.parley.message.WithBackEnds;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.Method;
import io.restassured.response.ValidatableResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ThreadsTest extends WithBackEnds {
  private final Group group = Group.of("ana", "bo", "cy", "dee");

  @Test
  void theRootShowsItsRepliesAndWhoFollows() {
    String root = group.said("ana", "root");
    group.message("ana", root).body("thread", nullValue());
    reply("bo", root, Map.of());
    reply("cy", root, Map.of("mentions", List.of("dee")));
    reply("bo", root, Map.of());
    for (String who : List.of("ana", "bo", "cy", "dee")) {
      group
          .message(who, root)
          .body("thread.count", is(3))
          .body("thread.lastSeq", is(4))
          .body("thread.participants", contains("bo", "cy"))
          .body("thread.following", is(true))
          .body("rev", is(8));
    }
    follow("dee", root, false).statusCode(204);
    group.page("dee", Map.of("thread", "none")).body("items.thread.following", contains(false));
    group.page("dee", Map.of("thread", root)).body("items.seq", contains(2, 3, 4));
    group.page("ana", Map.of("changedAfter", 7)).body("items.id", contains(root));
  }

  @Test
  void eachChangeIsToldInOrderWithTheReply() {
    String root = group.said("ana", "root");
    String reply = reply("bo", root, Map.of());
    reply("cy", root, Map.of());
    group.as("bo").delete("/v1/messages/" + reply).then().statusCode(204);
    List<Envelope> told =
        Wire.await(
            Topics.TIMELINE,
            3,
            Duration.ofSeconds(30),
            event ->
                group.id().equals(event.conversationId())
                    && EventType.THREAD_UPDATED.equals(event.type()));
    UUID id = UUID.fromString(root);
    assertThat(told)
        .extracting(event -> event.data(ThreadUpdated.class))
        .containsExactly(
            new ThreadUpdated(id, 1, 2L, List.of("bo"), null),
            new ThreadUpdated(id, 2, 3L, List.of("bo", "cy"), null),
            new ThreadUpdated(id, 1, 3L, List.of("cy"), null));
    assertThat(told).extracting(Envelope::seq).containsOnly(1L);
    assertThat(told).extracting(Envelope::rev).containsExactly(4L, 6L, 7L);
    group.message("ana", root).body("thread.count", is(1)).body("rev", is(7));
  }

  @Test
  void repliesAreUnreadForWhoFollowsUntilTheThreadIsRead() {
    String root = group.said("ana", "root");
    reply("bo", root, Map.of());
    reply("cy", root, Map.of("mentions", List.of("bo")));
    assertThat(threadUnread("ana")).isEqualTo(2);
    assertThat(threadUnread("bo")).isEqualTo(1);
    assertThat(threadUnread("cy")).isZero();
    assertThat(threadUnread("dee")).isZero();
    read("bo", "read", 3, root)
        .statusCode(200)
        .body("readSeq", is(3))
        .body("unread", is(0))
        .body("mentions", is(0));
    read("ana", "read", 2, root).body("readSeq", is(2)).body("unread", is(1));
    read("ana", "read", 1, root).body("readSeq", is(2));
    assertThat(threadUnread("ana")).isEqualTo(1);
    read("bo", "unread-from", 3, root).body("readSeq", is(2)).body("mentions", is(1));
    assertThat(threadUnread("bo")).isEqualTo(1);
    for (long from : new long[] {1, 0}) {
      read("ana", "read", 3, root).body("unread", is(0));
      read("ana", "unread-from", from, root).body("readSeq", is(1)).body("unread", is(2));
      assertThat(threadUnread("ana")).isEqualTo(2);
    }
    read("dee", "read", 3, root).statusCode(200).body("unread", is(0));
    follow("dee", root, true).statusCode(204);
    reply("cy", root, Map.of());
    assertThat(threadUnread("dee")).isEqualTo(1);
    follow("dee", root, false).statusCode(204);
    assertThat(threadUnread("dee")).isZero();
  }

  /** product.md §4, Unread: sending marks read up to the own message, in its thread. */
  @Test
  void whoRepliesHasReadTheThreadAndNotTheConversation() {
    String root = group.said("ana", "root");
    reply("bo", root, Map.of());
    reply("cy", root, Map.of());
    group.said("cy", "top");
    assertThat(threadUnread("bo")).isEqualTo(1);
    reply("bo", root, Map.of());
    group
        .as("bo")
        .get("/v1/unread")
        .then()
        .body("conversations[0].threadUnread", is(0))
        .body("conversations[0].unread", is(2))
        .body("conversations[0].readSeq", is(0));
  }

  @Test
  void whoStoppedFollowingIsBroughtBackByAMentionAlone() {
    String root = group.said("ana", "root");
    reply("bo", root, Map.of());
    follow("ana", root, false).statusCode(204);
    reply("bo", root, Map.of());
    assertThat(threadUnread("ana")).isZero();
    reply("bo", root, Map.of("mentions", List.of("ana")));
    assertThat(threadUnread("ana")).isEqualTo(1);
  }

  @Test
  void whomAnEditMentionsFollowsAsIfItHadBeenSaidToThem() {
    String root = group.said("ana", "root");
    String first = reply("bo", root, Map.of());
    reply("bo", root, Map.of());
    edit("bo", first, Map.of("body", "@cy", "mentions", List.of("cy")));
    assertThat(threadUnread("cy")).isEqualTo(2);
    assertThat(threadUnread("dee")).isZero();
    read("cy", "read", 3, root).body("unread", is(0));
    edit("bo", first, Map.of("body", "@cy, @dee", "mentions", List.of("cy", "dee")));
    assertThat(threadUnread("cy")).isZero();
    assertThat(threadUnread("dee")).isEqualTo(2);
    edit("ana", root, Map.of("body", "@cy", "mentions", List.of("cy")));
    reply("bo", root, Map.of());
    assertThat(threadUnread("cy")).isEqualTo(1);
  }

  @Test
  void theListHasWhatIsFollowedNewestReplyFirst() {
    List<String> roots = new ArrayList<>();
    IntStream.range(0, 3).forEach(i -> roots.add(group.said("ana", "root" + i)));
    roots.forEach(root -> reply("bo", root, Map.of()));
    reply("cy", roots.get(0), Map.of());
    String next =
        threads("ana", Map.of("limit", 2))
            .statusCode(200)
            .body("items.rootId", contains(roots.get(0), roots.get(2)))
            .body("items[0].root.thread.count", is(2))
            .body("items[0].unread", is(2))
            .body("items[0].conversationId", is(group.id().toString()))
            .extract()
            .path("next");
    threads("ana", Map.of("limit", 2, "cursor", next))
        .body("items.rootId", contains(roots.get(1)))
        .body("next", nullValue());
    threads("bo", Map.of("limit", 2, "cursor", next)).statusCode(400);
    read("ana", "read", 99, roots.get(0)).statusCode(200);
    threads("ana", Map.of("filter", "unread"))
        .body("items.rootId", contains(roots.get(2), roots.get(1)));
    threads("dee", Map.of()).body("items", empty());
    group.remove("ana");
    threads("ana", Map.of()).body("items", empty());
  }

  @Test
  void theRootIsTheMessageAsItsReaderSeesItWithTheirBookmarks() {
    String root = group.said("ana", "root");
    reply("bo", root, Map.of());
    for (String visibility : List.of("conversation", "private")) {
      Map<String, String> body = Map.of("type", "blocker", "visibility", visibility);
      group.as("ana").body(body).post("/v1/messages/" + root + "/bookmarks").then().statusCode(201);
    }
    for (String who : List.of("ana", "bo")) {
      Map<String, Object> message = group.message(who, root).extract().path("");
      assertThat((List<?>) message.get("bookmarks")).hasSize(who.equals("ana") ? 2 : 1);
      threads(who, Map.of()).body("items.root", contains(message));
    }
  }

  @Test
  void notesMoveNoFigureOfClients() {
    Group customers = Group.of(ConversationType.CLIENT_GROUP, "ana", "bo", "client:carl");
    String root = customers.said("client:carl", "root");
    reply(customers, "ana", root, Map.of());
    reply(customers, "bo", root, Map.of("visibility", "internal"));
    customers
        .message("client:carl", root)
        .body("thread.count", is(1))
        .body("thread.lastSeq", is(2))
        .body("thread.participants", contains("ana"));
    customers
        .message("ana", root)
        .body("thread.count", is(2))
        .body("thread.participants", contains("ana", "bo"));
    customers.page("client:carl", Map.of("thread", root)).body("items.seq", contains(2));
    customers
        .as("client:carl")
        .get("/v1/threads")
        .then()
        .body("items[0].root.thread.count", is(1))
        .body("items[0].unread", is(1));
    List<Envelope> told =
        Wire.await(
            Topics.TIMELINE,
            2,
            Duration.ofSeconds(30),
            event ->
                customers.id().equals(event.conversationId())
                    && EventType.THREAD_UPDATED.equals(event.type()));
    assertThat(told.get(0).data(ThreadUpdated.class).clients())
        .isEqualTo(new ThreadFigures(1, 2L, List.of("ana")));
    assertThat(told.get(1).data(ThreadUpdated.class).clients()).isNull();
  }

  @Test
  void aThreadOfNotesAloneIsNoneForClients() {
    Group customers = Group.of(ConversationType.CLIENT_GROUP, "ana", "client:carl");
    String root = customers.said("client:carl", "root");
    reply(customers, "ana", root, Map.of("visibility", "internal"));
    customers.as("ana").get("/v1/threads").then().body("items.rootId", contains(root));
    customers.as("client:carl").get("/v1/threads").then().body("items", empty());

    reply(customers, "ana", root, Map.of());
    customers.as("client:carl").get("/v1/threads").then().body("items.rootId", contains(root));
  }

  @Test
  void aThreadFromBeforeOneCameIsNotThere() {
    String root = group.said("ana", "root");
    group.add("eve", History.FROM_NOW);
    reply("ana", root, Map.of("mentions", List.of("eve")));
    group.message("eve", root).statusCode(404);
    follow("eve", root, true).statusCode(404);
    threads("eve", Map.of()).body("items", empty());
    assertThat(threadUnread("eve")).isZero();
    read("eve", "read", 2, root).statusCode(400).body("violations.field", contains("thread"));
  }

  @Test
  void whoComesAgainBeginsAnewInThreadsToo() {
    String root = group.said("ana", "root");
    reply("bo", root, Map.of());
    group.remove("bo");
    reply("ana", root, Map.of());
    group.add("bo", History.ALL);
    assertThat(threadUnread("bo")).isZero();
    threads("bo", Map.of("filter", "unread")).body("items", empty());
    threads("bo", Map.of()).body("items.rootId", contains(root));
    reply("ana", root, Map.of());
    assertThat(threadUnread("bo")).isEqualTo(1);
  }

  @Test
  void nobodyFollowsInAnothersName() {
    String root = group.said("ana", "root");
    reply("bo", root, Map.of());
    reply("ana", root, Map.of());
    String as = Tokens.of(group.tenant(), "bo", Map.of("roles", "user", "impersonator", "root"));
    for (Method call : List.of(Method.DELETE, Method.PUT)) {
      given()
          .auth()
          .oauth2(as)
          .request(call, "/v1/messages/" + root + "/follow")
          .then()
          .statusCode(403)
          .body("code", is("impersonation_forbidden"));
    }
    assertThat(threadUnread("bo")).isEqualTo(1);
  }

  @Test
  void whatIsNoThreadAndWhoIsNobodyIsRefused() {
    String root = group.said("ana", "root");
    String reply = reply("bo", root, Map.of());
    follow("ana", reply, true).statusCode(422).body("code", is("not_applicable"));
    follow("stranger", root, true).statusCode(404);
    follow("ana", Ids.next().toString(), true).statusCode(404);
    given().put("/v1/messages/" + root + "/follow").then().statusCode(401);
    given().delete("/v1/messages/" + root + "/follow").then().statusCode(401);
    given().get("/v1/threads").then().statusCode(401);
    given()
        .auth()
        .oauth2(Tokens.user("another", "ana"))
        .put("/v1/messages/" + root + "/follow")
        .then()
        .statusCode(404);
    threads("ana", Map.of("filter", "all"))
        .statusCode(400)
        .body("violations.field", contains("filter"));
    threads("ana", Map.of("limit", 201)).statusCode(400).body("code", is("limit_out_of_range"));
    threads("ana", Map.of("cursor", "x")).statusCode(400);
  }

  @Test
  void aRepeatedReplyCountsOnce() {
    String root = group.said("ana", "root");
    Map<String, Object> body = Map.of("clientMsgId", "r1", "body", "x", "threadRoot", root);
    group.send("bo", body).statusCode(201);
    group.send("bo", body).statusCode(200);
    group.message("ana", root).body("thread.count", is(1)).body("thread.participants", hasSize(1));
  }

  /** product.md §4: replies stay when their root is deleted, and so does the thread. */
  @Test
  void aThreadGoesOnWhenItsRootIsDeleted() {
    String root = group.said("ana", "root");
    String first = reply("bo", root, Map.of());
    group.as("ana").delete("/v1/messages/" + root).then().statusCode(204);
    String second = reply("cy", root, Map.of());
    group
        .page("dee", Map.of("thread", root))
        .body("items.id", contains(first, second))
        .body("items.threadRoot", contains(root, root));
    group.message("dee", root).body("deleted", is(true)).body("thread", nullValue());
    assertThat(threadUnread("bo")).isEqualTo(1);
  }

  private String reply(String who, String root, Map<String, ?> more) {
    return reply(group, who, root, more);
  }

  private static String reply(Group group, String who, String root, Map<String, ?> more) {
    Map<String, Object> body = new LinkedHashMap<>(more);
    body.put("clientMsgId", Ids.next().toString());
    body.put("body", "x");
    body.put("threadRoot", root);
    return group.send(who, body).statusCode(201).extract().path("id");
  }

  private void edit(String who, String message, Map<String, ?> body) {
    group
        .as(who)
        .header("If-Match", "*")
        .body(body)
        .patch("/v1/messages/" + message)
        .then()
        .statusCode(200);
  }

  private ValidatableResponse follow(String who, String root, boolean following) {
    String path = "/v1/messages/" + root + "/follow";
    return (following ? group.as(who).put(path) : group.as(who).delete(path)).then();
  }

  private ValidatableResponse threads(String who, Map<String, ?> query) {
    return group.as(who).queryParams(query).get("/v1/threads").then();
  }

  private ValidatableResponse read(String who, String mark, long seq, String root) {
    return group
        .as(who)
        .body(Map.of("seq", seq, "thread", root))
        .put("/v1/timelines/" + group.id() + "/" + mark)
        .then();
  }

  private int threadUnread(String who) {
    return group.as(who).get("/v1/unread").then().extract().path("conversations[0].threadUnread");
  }
}
