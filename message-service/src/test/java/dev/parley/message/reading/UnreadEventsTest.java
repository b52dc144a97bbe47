package dev.parley.message.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.is;

import dev.parley.contracts.Ids;
import dev.parley.contracts.event.ConversationType;
import dev.parley.contracts.event.History;
import dev.parley.contracts.event.UnreadCount;
import dev.parley.message.Group;
import dev.parley.message.WithBackEnds;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@QuarkusTest
class UnreadEventsTest extends WithBackEnds {
  private final Group group = Group.of("ana", "bo", "cy");
  private final Readers readers = new Readers(group);

  @Test
  void aMessageIsToldToAllWithTheirOwnCounts() {
    group.send("ana", "c1", "x").statusCode(201);
    UnreadCount bo = readers.pushed("bo", 1).get(0);
    Readers.State asked = readers.asked("bo");
    assertThat(bo).isEqualTo(new UnreadCount("user", "bo", 0L, 1, 0, 0, asked.version(), 1));
    assertThat(readers.pushed("ana", 1).get(0).unread()).isZero();
    assertThat(readers.pushed("ana", 1).get(0).readSeq()).isEqualTo(1);
  }

  /** No more than once a second, however long the machine takes for it. */
  @Test
  void aBurstIsToldAtOnceAndOnceMoreWithItsEnd() {
    long begun = System.nanoTime();
    group.send("ana", "c0", "x").statusCode(201);
    assertThat(readers.pushed("bo", 1).get(0).unread()).isEqualTo(1);
    for (int i = 1; i < 30; i++) {
      group.send("ana", "c" + i, "x").statusCode(201);
    }
    Readers.State asked = readers.asked("bo");
    assertThat(asked.unread()).isEqualTo(30);
    assertThat(readers.pushedAt("bo", asked.version()).unread()).isEqualTo(30);
    int seconds = (int) Duration.ofNanos(System.nanoTime() - begun).toSeconds();
    assertThat(readers.allPushed("bo")).hasSizeBetween(2, 3 + seconds);
  }

  @Test
  void aMentionDoesNotWaitForItsSecond() {
    group.send("ana", "c1", "x").statusCode(201);
    readers.pushed("bo", 1);
    group.send("ana", Map.of("clientMsgId", "c2", "body", "x", "mentions", List.of("bo")));
    UnreadCount second = readers.pushed("bo", 2).get(1);
    assertThat(second.mentions()).isEqualTo(1);
    assertThat(second.unread()).isEqualTo(2);
  }

  @Test
  void aClientIsMentionedByTheirIdUnlessItIsThatOfAUserThere() {
    Group channel =
        Group.of(ConversationType.CLIENT_GROUP, "ana", "bo", "client:cleo", "client:bo");
    Readers there = new Readers(channel);
    channel.send(
        "ana", Map.of("clientMsgId", "c1", "body", "x", "mentions", List.of("cleo", "bo")));
    mentions(there, "client:cleo", 1);
    mentions(there, "bo", 1);
    mentions(there, "client:bo", 0);

    channel.send(
        "ana",
        Map.of(
            "clientMsgId",
            "c2",
            "body",
            "x",
            "mentions",
            List.of("cleo"),
            "visibility",
            "internal"));
    channel.send(
        "client:cleo", Map.of("clientMsgId", "c3", "body", "x", "mentions", List.of("cleo")));
    mentions(there, "client:cleo", 0);
    there.unreadFrom("client:cleo", 1).statusCode(200).body("mentions", is(1));
    there.read("client:cleo", 3).statusCode(200).body("mentions", is(0));
    channel.send("ana", Map.of("clientMsgId", "c4", "body", "x", "mentions", List.of("cleo")));
    channel.send("ana", Map.of("clientMsgId", "c5", "body", "x", "mentions", List.of("here")));
    mentions(there, "client:cleo", 2);
    mentions(there, "client:bo", 1);
  }

  @Test
  void aClientMentionedInAReplyFollowsTheThread() {
    Group channel = Group.of(ConversationType.CLIENT, "ana", "bo", "client:cleo");
    Readers there = new Readers(channel);
    String root = channel.said("ana", "root");
    reply(channel, root, "internal");
    assertThat(there.asked("client:cleo").threadUnread()).isZero();
    reply(channel, root, "all");
    assertThat(there.asked("client:cleo").threadUnread()).isEqualTo(1);
    there
        .read("client:cleo", Map.of("seq", 2, "thread", root))
        .statusCode(200)
        .body("unread", is(1))
        .body("mentions", is(1));
  }

  private static void reply(Group channel, String root, String visibility) {
    channel
        .send(
            "bo",
            Map.of(
                "clientMsgId",
                visibility,
                "body",
                "x",
                "threadRoot",
                root,
                "visibility",
                visibility,
                "mentions",
                List.of("cleo")))
        .statusCode(201);
  }

  /** As they are answered, and as they are told. */
  private static void mentions(Readers there, String who, long expected) {
    Readers.State asked = there.asked(who);
    assertThat(asked.mentions()).isEqualTo(expected);
    assertThat(there.pushedAt(who, asked.version()).mentions()).isEqualTo(expected);
  }

  @Test
  void whoLeavesAndWhoComesIsToldAndWhoIsGoneIsNot() {
    group.send("ana", "c1", "x").statusCode(201);
    readers.pushed("cy", 1);
    group.remove("cy");
    UnreadCount left = readers.pushed("cy", 2).get(1);
    assertThat(left.unread()).isZero();
    assertThat(left.total()).isZero();
    int told = readers.allPushed("cy").size();
    group.send("ana", Map.of("clientMsgId", "c2", "body", "x", "mentions", List.of("cy", "bo")));
    readers.pushedAt("bo", readers.asked("bo").version());
    assertThat(readers.allPushed("cy")).hasSize(told);
    group.add("dee", History.ALL);
    assertThat(readers.pushed("dee", 1).get(0).readSeq()).isEqualTo(2);
  }

  @Test
  void aDeletionIsToldAtOnce() {
    String first = group.said("ana", "x");
    group.said("ana", "y");
    readers.pushedAt("bo", readers.asked("bo").version());
    group.as("ana").delete("/v1/messages/" + first).then().statusCode(204);
    Readers.State asked = readers.asked("bo");
    assertThat(asked.withoutVersion()).isEqualTo(Readers.State.of(1, 0, 0));
    assertThat(readers.pushedAt("bo", asked.version()).unread()).isEqualTo(1);
  }

  @Test
  void whoCameLaterDoesNotNoticeWhatHappensToMessagesFromBefore() {
    String hidden = group.said("ana", "x");
    group.add("dee", History.FROM_NOW);
    readers.pushed("dee", 1);
    String seen = group.said("ana", "y");
    readers.pushedAt("dee", readers.asked("dee").version());
    int told = readers.allPushed("dee").size();
    group
        .as("ana")
        .header("If-Match", "\"1\"")
        .body(Map.of("body", "x, @dee", "mentions", List.of("dee")))
        .patch("/v1/messages/" + hidden)
        .then()
        .statusCode(200)
        .body("unreachable", is(List.of("dee")));
    readers.pushedAt("ana", readers.asked("ana").version());
    assertThat(readers.allPushed("dee")).hasSize(told);
    group.as("ana").delete("/v1/messages/" + hidden).then().statusCode(204);
    readers.pushedAt("bo", readers.asked("bo").version());
    assertThat(readers.allPushed("dee")).hasSize(told);
    group.as("ana").delete("/v1/messages/" + seen).then().statusCode(204);
    assertThat(readers.pushedAt("dee", readers.asked("dee").version()).unread()).isZero();
  }

  @Test
  void inLargeConversationsOnlyWhoActsAndWhoIsMentionedIsTold() {
    String[] members =
        IntStream.rangeClosed(0, 1_000).mapToObj(i -> "u" + i).toArray(String[]::new);
    Group large = Group.of(members);
    Readers many = new Readers(large);
    large.send("u1", "c1", "x").statusCode(201);
    assertThat(many.pushed("u1", 1).get(0).readSeq()).isEqualTo(1);
    large
        .send("u1", Map.of("clientMsgId", "c2", "body", "x", "mentions", List.of("u2")))
        .statusCode(201);
    assertThat(many.pushed("u2", 1).get(0).unread()).isEqualTo(2);
    assertThat(many.allPushed("u3")).isEmpty();
    assertThat(many.asked("u3").unread()).isEqualTo(2);
  }

  @Test
  void aNoteIsToldToStaffAlone() {
    Group customers = Group.of(ConversationType.CLIENT_GROUP, "ana", "bo", "client:carl");
    Readers both = new Readers(customers);
    customers
        .send("ana", Map.of("clientMsgId", "n", "body", "x", "visibility", "internal"))
        .statusCode(201);
    assertThat(both.pushed("bo", 1).get(0).unread()).isEqualTo(1);
    customers.send("ana", Ids.next().toString(), "Hello").statusCode(201);
    assertThat(both.pushed("client:carl", 1)).hasSize(1);
    assertThat(both.pushed("client:carl", 1).get(0).unread()).isEqualTo(1);
  }
}
