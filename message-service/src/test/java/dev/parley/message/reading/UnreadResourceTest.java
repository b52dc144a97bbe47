package dev.parley.message.reading;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;

import dev.parley.chassis.Tokens;
import dev.parley.contracts.Ids;
import dev.parley.contracts.event.ConversationType;
import dev.parley.contracts.event.History;
import dev.parley.contracts.event.Posting;
import dev.parley.message.Group;
import dev.parley.message.WithBackEnds;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@QuarkusTest
class UnreadResourceTest extends WithBackEnds {

  @Test
  void allConversationsAreCountedWithWhatChangedThere() {
    String tenant = "t" + Ids.next();
    Group first = Group.create(tenant, ConversationType.GROUP, Posting.ALL, "ana", "bo");
    Group second = Group.create(tenant, ConversationType.GROUP, Posting.ALL, "ana", "bo");
    first.send("ana", "c1", "x").statusCode(201);
    first.send("ana", "c2", "x").statusCode(201);
    second.send("ana", "c1", "x").statusCode(201);
    second.send("bo", "c1", "x").statusCode(201);
    second.send("ana", "c2", "x").statusCode(201);
    new Readers(first)
        .unread("bo")
        .body("total", is(3))
        .body("mentions", is(0))
        .body("conversations.unread", contains(2, 1))
        .body("conversations.readSeq", contains(0, 2))
        .body("conversations.lastSeq", contains(2, 3))
        .body("conversations.rev", contains(3, 4))
        .body("conversations.conversationId", contains(id(first), id(second)));
    new Readers(first).unread("ana").body("total", is(0));
  }

  @Test
  void aReplyIsNotUnreadInTheConversation() {
    Group group = Group.of("ana", "bo");
    String root = group.send("ana", "c1", "x").statusCode(201).extract().path("id");
    group.send("ana", Map.of("clientMsgId", "c2", "body", "x", "threadRoot", root));
    group.send("bo", Map.of("clientMsgId", "c2", "body", "x", "threadRoot", root));
    Readers readers = new Readers(group);
    assertThat(readers.asked("bo").unread()).isEqualTo(1);
    assertThat(readers.asked("bo").readSeq()).isZero();
    assertThat(readers.asked("ana").readSeq()).isEqualTo(1);
  }

  @Test
  void mentionsAreCountedOnceAMessage() {
    Group group = Group.of("ana", "bo", "cy");
    mention(group, "c1", "bo");
    mention(group, "c2", "bo", "channel", "here");
    mention(group, "c3", "here");
    mention(group, "c4", "cy");
    group.send("ana", "c5", "x").statusCode(201);
    Readers readers = new Readers(group);
    assertThat(readers.asked("bo").withoutVersion()).isEqualTo(Readers.State.of(5, 3, 0));
    assertThat(readers.asked("cy").withoutVersion()).isEqualTo(Readers.State.of(5, 3, 0));
    assertThat(readers.asked("ana").withoutVersion()).isEqualTo(Readers.State.of(0, 0, 5));
    readers.read("bo", 2).body("mentions", is(1)).body("unread", is(3));
    readers.unread("bo").body("mentions", is(1));
    readers.unreadFrom("ana", 1).body("mentions", is(0)).body("unread", is(0));
  }

  @Test
  void internalNotesMoveNothingForClients() {
    Group group = Group.of(ConversationType.CLIENT_GROUP, "ana", "bo", "client:carl");
    Readers readers = new Readers(group);
    group.send("ana", "c1", "Hello").statusCode(201);
    group.send("ana", Map.of("clientMsgId", "n1", "body", "x", "visibility", "internal"));
    group.send(
        "ana",
        Map.of(
            "clientMsgId", "n2", "body", "x", "visibility", "internal", "mentions", List.of("bo")));
    assertThat(readers.asked("bo").withoutVersion()).isEqualTo(Readers.State.of(3, 1, 0));
    assertThat(readers.asked("client:carl").withoutVersion()).isEqualTo(Readers.State.of(1, 0, 0));
    readers.unread("client:carl").body("conversations[0].lastSeq", is(1)).body("total", is(1));
    group.send("client:carl", "c1", "Thanks").statusCode(201);
    assertThat(readers.asked("client:carl").withoutVersion()).isEqualTo(Readers.State.of(0, 0, 4));
    assertThat(readers.asked("bo").withoutVersion()).isEqualTo(Readers.State.of(4, 1, 0));
    readers.read("bo", 2).body("unread", is(2));
    readers.unreadFrom("client:carl", 1).body("unread", is(1)).body("readSeq", is(0));
    readers.read("client:carl", 3).body("unread", is(0)).body("readSeq", is(3));
    group.noted("ana", "x");
    group.noted("ana", "x");
    readers.read("client:carl", 999_999).body("unread", is(0)).body("readSeq", is(4));
    readers
        .unread("client:carl")
        .body("conversations[0].readSeq", is(4))
        .body("conversations[0].lastSeq", is(4));
    group.add("client:dora", History.ALL);
    assertThat(readers.asked("client:dora").withoutVersion()).isEqualTo(Readers.State.of(0, 0, 4));
    group.add("eve", History.ALL);
    assertThat(readers.asked("eve").withoutVersion()).isEqualTo(Readers.State.of(0, 0, 6));
    readers.cursors("client:carl").statusCode(403);
    readers.cursors("bo").body("items.userId", contains("ana", "bo", "eve"));
  }

  @Test
  void howFarAClientHasReadAThreadDoesNotTellOfNotes() {
    Group group = Group.of(ConversationType.CLIENT_GROUP, "ana", "client:carl");
    Readers readers = new Readers(group);
    String root = group.said("client:carl", "Root");
    group.send("ana", Map.of("clientMsgId", "r", "body", "x", "threadRoot", root)).statusCode(201);
    group.noted("ana", "x");
    readers
        .read("client:carl", Map.of("seq", 999_999, "thread", root))
        .statusCode(200)
        .body("unread", is(0))
        .body("readSeq", is(2));
  }

  @Test
  void anInternalChatIsMissingForWhoIsLoggedInAsSomebodyElse() {
    String tenant = "t" + Ids.next();
    Group chat = Group.create(tenant, ConversationType.INTERNAL_CHAT, Posting.ALL, "ana", "bo");
    Group group = Group.create(tenant, ConversationType.GROUP, Posting.ALL, "ana", "bo");
    chat.send("ana", "c1", "x").statusCode(201);
    group.send("ana", "c1", "x").statusCode(201);
    new Readers(chat).unread("bo").body("total", is(2)).body("conversations", hasSize(2));
    given()
        .auth()
        .oauth2(Tokens.of(tenant, "bo", Map.of("roles", "user", "impersonator", "root")))
        .get("/v1/unread")
        .then()
        .statusCode(200)
        .body("total", is(1))
        .body("conversations.conversationId", contains(id(group)));
  }

  @Test
  void largeConversationsAreReadByACount() {
    String[] members = IntStream.range(0, 51).mapToObj(i -> "u" + i).toArray(String[]::new);
    Group group = Group.create("t" + Ids.next(), ConversationType.GROUP, Posting.ALL, members);
    group.send("u1", "c1", "x").statusCode(201);
    Readers readers = new Readers(group);
    readers.read("u2", 1).statusCode(200);
    readers.cursors("u3").statusCode(200).body("count", is(2)).body("items", is((Object) null));
  }

  @Test
  void whoIsNobodyIsRefused() {
    given().get("/v1/unread").then().statusCode(401).body("code", is("unauthenticated"));
    given()
        .auth()
        .oauth2(Tokens.user("t" + Ids.next(), "ana"))
        .get("/v1/unread")
        .then()
        .statusCode(200)
        .body("total", is(0))
        .body("version", is(0))
        .body("conversations", hasSize(0));
  }

  private static void mention(Group group, String clientMsgId, String... who) {
    group
        .send("ana", Map.of("clientMsgId", clientMsgId, "body", "x", "mentions", List.of(who)))
        .statusCode(201);
  }

  private static String id(Group group) {
    return group.id().toString();
  }

  @Test
  void whoHasLeftTheLastConversationHasANewerCountOfNothing() {
    Group left = Group.of("ana", "bo");
    Readers readers = new Readers(left);
    left.said("ana", "one");
    Integer before = readers.unread("bo").body("total", is(1)).extract().path("version");
    left.remove("bo");
    Integer after =
        readers
            .unread("bo")
            .body("total", is(0))
            .body("conversations", hasSize(0))
            .extract()
            .path("version");
    assertThat(after).isGreaterThan(before);
  }
}
