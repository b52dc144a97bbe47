package dev.parley.message.reading;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;

import dev.parley.chassis.Tokens;
import dev.parley.chassis.Wire;
import dev.parley.contracts.Envelope;
import dev.parley.contracts.EventType;
import dev.parley.contracts.Ids;
import dev.parley.contracts.Topics;
import dev.parley.contracts.event.ConversationType;
import dev.parley.contracts.event.History;
import dev.parley.contracts.event.Posting;
import dev.parley.contracts.event.ReadUpdated;
import dev.parley.message.Group;
import dev.parley.message.WithBackEnds;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ReadMarkResourceTest extends WithBackEnds {
  private static final Duration SOON = Duration.ofSeconds(30);

  private final Group group = Group.of("ana", "bo", "cy");
  private final Readers readers = new Readers(group);

  @Test
  void aMarkGoesForwardOnlyAndNotBeyondTheNewest() {
    send("ana", 4);
    readers.read("bo", 2).statusCode(200).body("readSeq", is(2)).body("unread", is(2));
    readers.read("bo", 1).statusCode(200).body("readSeq", is(2)).body("unread", is(2));
    readers.read("bo", 99).statusCode(200).body("readSeq", is(4)).body("unread", is(0));
    readers.read("bo", 0).statusCode(200).body("readSeq", is(4));
    send("ana", 1);
    assertThat(readers.asked("bo").withoutVersion()).isEqualTo(Readers.State.of(1, 0, 4));
  }

  @Test
  void markingUnreadGoesBackOnlyAndOwnMessagesDoNotCount() {
    send("ana", 2);
    send("bo", 1);
    send("ana", 1);
    send("bo", 1);
    assertThat(readers.asked("bo").withoutVersion()).isEqualTo(Readers.State.of(0, 0, 5));
    readers.unreadFrom("bo", 2).statusCode(200).body("readSeq", is(1)).body("unread", is(2));
    readers.unreadFrom("bo", 4).statusCode(200).body("readSeq", is(1)).body("unread", is(2));
    readers.read("bo", 2).body("readSeq", is(2)).body("unread", is(1));
    readers.unreadFrom("bo", 0).body("readSeq", is(0)).body("unread", is(3));
    send("bo", 1);
    assertThat(readers.asked("bo").withoutVersion()).isEqualTo(Readers.State.of(0, 0, 6));
  }

  @Test
  void whatWasSaidBeforeOneCameIsNotUnreadAndAReturnBeginsAnew() {
    send("ana", 3);
    group.add("dee", History.ALL);
    assertThat(readers.asked("dee").withoutVersion()).isEqualTo(Readers.State.of(0, 0, 3));
    readers.unreadFrom("dee", 2).body("unread", is(2));
    group.add("eve", History.FROM_NOW);
    readers.unreadFrom("eve", 1).body("readSeq", is(3)).body("unread", is(0));
    send("ana", 1);
    assertThat(readers.asked("eve").withoutVersion()).isEqualTo(Readers.State.of(1, 0, 3));
    long before = readers.asked("dee").version();
    group.remove("dee");
    readers.read("dee", 1).statusCode(404);
    readers.unread("dee").body("conversations.size()", is(0)).body("total", is(0));
    group.add("dee", History.FROM_NOW);
    assertThat(readers.asked("dee").withoutVersion()).isEqualTo(Readers.State.of(0, 0, 4));
    assertThat(readers.asked("dee").version()).isGreaterThan(before);
  }

  @Test
  void manyMarksAtOnceEndAtTheHighest() throws InterruptedException {
    send("ana", 20);
    ExecutorService many = Executors.newFixedThreadPool(8);
    for (int seq = 1; seq <= 20; seq++) {
      int at = seq;
      many.execute(() -> readers.read("bo", at).statusCode(200));
      if (seq % 5 == 0) {
        many.execute(() -> group.send("cy", "c" + at, "x").statusCode(201));
      }
    }
    many.shutdown();
    assertThat(many.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
    assertThat(readers.asked("bo").withoutVersion()).isEqualTo(Readers.State.of(4, 0, 20));
  }

  @Test
  void othersOfTheStaffAreToldAndDevicesGetTheCounts() {
    send("ana", 2);
    int version = readers.read("bo", 1).statusCode(200).extract().path("version");
    Envelope told =
        Wire.await(
                Topics.MESSAGE_PERSONAL,
                1,
                SOON,
                event ->
                    EventType.READ_UPDATED.equals(event.type())
                        && group.id().equals(event.conversationId()))
            .get(0);
    assertThat(told.data(ReadUpdated.class)).isEqualTo(new ReadUpdated("bo", 1, null));
    assertThat(told.to()).extracting("id").containsExactlyInAnyOrder("ana", "bo", "cy");
    assertThat(told.conversationType()).isEqualTo(ConversationType.GROUP);
    assertThat(readers.pushedAt("bo", version).unread()).isEqualTo(1);
  }

  @Test
  void whoIsLoggedInAsSomebodyElseLeavesNoMark() {
    send("ana", 2);
    String as = Tokens.of(group.tenant(), "bo", Map.of("roles", "user", "impersonator", "root"));
    given()
        .auth()
        .oauth2(as)
        .contentType("application/json")
        .body(Map.of("seq", 2))
        .put("/v1/timelines/" + group.id() + "/read")
        .then()
        .statusCode(200)
        .body("readSeq", is(0))
        .body("unread", is(2));
    given()
        .auth()
        .oauth2(as)
        .contentType("application/json")
        .body(Map.of("clientMsgId", "x", "body", "x"))
        .post("/v1/timelines/" + group.id() + "/messages")
        .then()
        .statusCode(201);
    assertThat(readers.asked("bo").withoutVersion()).isEqualTo(Readers.State.of(2, 0, 0));
    assertThat(readers.asked("ana").withoutVersion()).isEqualTo(Readers.State.of(1, 0, 2));
  }

  @Test
  void whoOnlyLooksOnHasNothingUnread() {
    Group sms = Group.create("t" + Ids.next(), ConversationType.SMS, Posting.ALL, "ana");
    sms.send("ana", "c1", "Hello").statusCode(201);
    Readers looking = new Readers(sms);
    looking.read("colleague", 1).statusCode(200).body("readSeq", is(1)).body("unread", is(0));
    looking.unread("colleague").body("conversations.size()", is(0));
  }

  @Test
  void badMarksAndStrangersAreRefused() {
    send("ana", 1);
    String path = "/v1/timelines/" + group.id() + "/read";
    for (String refused : List.of("{}", "{\"seq\": -1}", "{\"seq\": \"1\"}")) {
      for (String mark : List.of("/read", "/unread-from")) {
        readers
            .as("bo")
            .body(refused)
            .put("/v1/timelines/" + group.id() + mark)
            .then()
            .statusCode(400)
            .body("code", is("invalid_request"))
            .body("violations.field", hasItem("seq"));
      }
    }
    given().contentType("application/json").body("{\"seq\": 1}").put(path).then().statusCode(401);
    readers.read("stranger", 1).statusCode(404).body("code", is("not_found"));
    given()
        .auth()
        .oauth2(Tokens.user("another", "ana"))
        .contentType("application/json")
        .body("{\"seq\": 1}")
        .put(path)
        .then()
        .statusCode(404);
    readers.as("bo").body("{\"seq\": 1}").put("/v1/timelines/x/read").then().statusCode(404);
  }

  @Test
  void cursorsSayByNameWhoHasReadWhatToStaff() {
    send("ana", 2);
    readers.read("bo", 1).statusCode(200);
    readers
        .cursors("cy")
        .statusCode(200)
        .body("items.userId", is(List.of("ana", "bo", "cy")))
        .body("items.readSeq", is(List.of(2, 1, 0)))
        .body("items[2].at", is((String) null))
        .body("items[1].at.length()", greaterThan(20));
    readers.cursors("stranger").statusCode(404);
    given().get("/v1/timelines/" + group.id() + "/read-cursors").then().statusCode(401);
  }

  @Test
  void whatOneHasSeenIsNotTakenBackByMarkingItUnread() {
    send("ana", 4);
    readers.read("bo", 3).statusCode(200);
    String at = readers.cursors("cy").extract().path("items[1].at");
    readers.unreadFrom("bo", 2).body("readSeq", is(1)).body("unread", is(3));
    seen(3, at);
    readers.read("bo", 2).body("readSeq", is(2)).body("unread", is(2));
    seen(3, at);
    readers.read("bo", 4).body("readSeq", is(4));
    readers.cursors("cy").body("items.readSeq", is(List.of(4, 4, 0)));
    assertThat(told(2)).containsExactly(3L, 4L);

    readers.unreadFrom("bo", 1).statusCode(200);
    group.remove("bo");
    group.add("bo", History.ALL);
    readers.unreadFrom("bo", 1).statusCode(200);
    readers.cursors("cy").body("items.readSeq", is(List.of(4, 0, 0)));
  }

  @Test
  void whatOneHasSeenOfAThreadIsNotTakenBackEither() {
    String root = group.said("bo", "Root");
    for (int i = 0; i < 3; i++) {
      group
          .send("ana", Map.of("clientMsgId", "r" + i, "body", "x", "threadRoot", root))
          .statusCode(201);
    }
    readers.read("bo", Map.of("seq", 3, "thread", root)).body("readSeq", is(3));
    readers
        .as("bo")
        .body(Map.of("seq", 2, "thread", root))
        .put("/v1/timelines/" + group.id() + "/unread-from")
        .then()
        .statusCode(200)
        .body("readSeq", is(1));
    readers.read("bo", Map.of("seq", 2, "thread", root)).body("readSeq", is(2));
    readers.read("bo", Map.of("seq", 4, "thread", root)).body("readSeq", is(4));
    assertThat(told(2)).containsExactly(3L, 4L);
  }

  private void seen(int seq, String at) {
    readers.cursors("cy").body("items.readSeq", is(List.of(4, seq, 0))).body("items[1].at", is(at));
  }

  private List<Long> told(int count) {
    return Wire.await(
            Topics.MESSAGE_PERSONAL,
            count,
            SOON,
            event ->
                EventType.READ_UPDATED.equals(event.type())
                    && group.id().equals(event.conversationId()))
        .stream()
        .map(event -> event.data(ReadUpdated.class).readSeq())
        .toList();
  }

  private void send(String user, int count) {
    for (int i = 0; i < count; i++) {
      group.send(user, Ids.next().toString(), "Hello").statusCode(201);
    }
  }
}
