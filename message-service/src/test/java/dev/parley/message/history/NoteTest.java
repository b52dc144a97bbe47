package dev.parley.message.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.contracts.Envelope;
import dev.parley.contracts.EventType;
import dev.parley.contracts.Json;
import dev.parley.contracts.event.ConversationType;
import dev.parley.contracts.event.Visibility;
import dev.parley.message.Group;
import dev.parley.message.Uploads;
import dev.parley.message.WithBackEnds;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An internal note leaves no shadow for a client (product.md §1, §4). */
@QuarkusTest
class NoteTest extends WithBackEnds {
  private static final String CLIENT = "client:cy";

  @Test
  void aClientFindsNothingOfANoteByWhateverCall() {
    Group group = Group.of(ConversationType.CLIENT, "ana", CLIENT);
    String first = group.said(CLIENT, "one");
    String note = group.noted("ana", "secret");
    String last = group.said("ana", "three");
    String lastNote = group.noted("ana", "secret, too");
    reactTo(group, "ana", note);

    for (Map<String, ?> query :
        List.<Map<String, ?>>of(
            Map.of(),
            Map.of("beforeSeq", 5),
            Map.of("afterSeq", 0),
            Map.of("around", 2),
            Map.of("around", 4),
            Map.of("aroundId", first),
            Map.of("thread", "none"),
            Map.of("changedAfter", 0))) {
      group
          .page(CLIENT, query)
          .statusCode(200)
          .body("items.id", contains(first, last))
          .body("hasBefore", is(false))
          .body("hasAfter", is(false));
    }
    group.page(CLIENT, Map.of("aroundId", note)).statusCode(404);
    group.page(CLIENT, Map.of("thread", note)).statusCode(404);
    group.page(CLIENT, Map.of("changedAfter", 4)).body("items", empty());

    for (String hidden : List.of(note, lastNote)) {
      String path = "/v1/messages/" + hidden;
      RequestSpecification client = group.as(CLIENT);
      missing(client.get(path));
      missing(group.as(CLIENT).header("If-Match", "\"1\"").body(body("x")).patch(path));
      missing(group.as(CLIENT).delete(path));
      missing(group.as(CLIENT).put(path + "/reactions/👍"));
      missing(group.as(CLIENT).delete(path + "/reactions/👍"));
      group
          .send(CLIENT, Map.of("clientMsgId", "r" + hidden, "body", "x", "threadRoot", hidden))
          .statusCode(400)
          .body("violations[0].field", is("threadRoot"));
    }
    for (String hidden : List.of(note, lastNote)) {
      String pin = "/v1/timelines/" + group.id() + "/pins/" + hidden;
      refused(group.as(CLIENT).get("/v1/messages/" + hidden + "/history"));
      refused(group.as(CLIENT).put(pin));
      refused(group.as(CLIENT).delete(pin));
      refused(
          group
              .as(CLIENT)
              .body(Map.of("type", "decision"))
              .post("/v1/messages/" + hidden + "/bookmarks"));
    }
    refused(group.as(CLIENT).get("/v1/timelines/" + group.id() + "/pins"));
    refused(group.as(CLIENT).get("/v1/bookmarks"));
    group
        .send(CLIENT, Map.of("clientMsgId", "n", "body", "x", "visibility", "internal"))
        .statusCode(422)
        .body("code", is("not_applicable"));
    group.message("ana", note).body("body", is("secret")).body("reactions.count", contains(1));
  }

  @Test
  void pagesCountOnlyWhatTheClientSees() {
    Group group = Group.of(ConversationType.CLIENT, "ana", CLIENT);
    group.noted("ana", "secret");
    group.said("ana", "two");
    group.said("ana", "three");
    group.noted("ana", "secret");
    group
        .page(CLIENT, Map.of("beforeSeq", 4, "limit", 2))
        .body("items.seq", contains(2, 3))
        .body("hasBefore", is(false))
        .body("hasAfter", is(false));
    group.page(CLIENT, Map.of("beforeSeq", 3)).body("hasAfter", is(true));
    group.page(CLIENT, Map.of("beforeSeq", 2)).body("items", empty()).body("hasAfter", is(true));
    group
        .page(CLIENT, Map.of("afterSeq", 1))
        .body("items.seq", contains(2, 3))
        .body("hasBefore", is(false))
        .body("hasAfter", is(false));
    group.page(CLIENT, Map.of("afterSeq", 3)).body("hasBefore", is(true));
    group
        .page(CLIENT, Map.of("afterSeq", Long.MAX_VALUE))
        .body("items", empty())
        .body("hasBefore", is(true))
        .body("hasAfter", is(false));
    group.page(CLIENT, Map.of("afterSeq", 2, "limit", 1)).body("hasAfter", is(false));
    group.page("ana", Map.of("beforeSeq", 4)).body("hasAfter", is(true));
    group.page("ana", Map.of("afterSeq", 1)).body("hasBefore", is(true));
    group
        .page("ana", Map.of("afterSeq", 3, "thread", "none"))
        .body("items.seq", contains(4))
        .body("hasBefore", is(true));
  }

  @Test
  void whatIsToldOfANoteSaysThatItIsOne() {
    Group group = Group.of(ConversationType.CLIENT, "ana", CLIENT);
    String note = group.noted("ana", "secret");
    reactTo(group, "ana", note);
    group
        .as("ana")
        .header("If-Match", "\"1\"")
        .body(body("still secret"))
        .patch("/v1/messages/" + note)
        .then()
        .statusCode(200);
    group.as("ana").delete("/v1/messages/" + note).then().statusCode(204);
    List<Envelope> log = group.log(5);
    assertThat(log.subList(1, 5))
        .extracting(Envelope::type)
        .containsExactly(
            EventType.MESSAGE_CREATED,
            EventType.REACTION_ADDED,
            EventType.MESSAGE_UPDATED,
            EventType.MESSAGE_DELETED);
    assertThat(log.subList(1, 5))
        .extracting(event -> event.data().path("visibility").asText())
        .containsOnly(Visibility.INTERNAL.wire());
    Map<String, Object> tombstone = group.message("ana", note).extract().path("");
    assertThat(Json.read(Json.text(tombstone), JsonNode.class)).isEqualTo(log.get(4).data());
    group.page("ana", Map.of()).body("items", contains(tombstone));
    group.page(CLIENT, Map.of("changedAfter", 0)).body("items", empty());
    group.message(CLIENT, note).statusCode(404);
  }

  @Test
  void whateverBecomesOfANoteAClientNoticesNothing() {
    Group group = Group.of(ConversationType.CLIENT, "ana", CLIENT);
    group.said("ana", "one");
    String file = Uploads.ready(group.token("ana"), "a.txt", "text/plain", new byte[] {120});
    String note =
        group
            .send(
                "ana",
                Map.of(
                    "clientMsgId",
                    "n",
                    "body",
                    "secret",
                    "visibility",
                    "internal",
                    "attachments",
                    List.of(file)))
            .statusCode(201)
            .extract()
            .path("id");
    String path = "/v1/messages/" + note;
    String pin = "/v1/timelines/" + group.id() + "/pins/" + note;
    List<Supplier<Response>> changes =
        List.of(
            () -> group.as("ana").header("If-Match", "\"1\"").body(body("y")).patch(path),
            () -> group.as("ana").put(path + "/reactions/👍"),
            () -> group.as("ana").delete(path + "/reactions/👍"),
            () -> group.as("ana").put(pin),
            () -> group.as("ana").delete(pin),
            () -> group.as("ana").body(Map.of("type", "decision")).post(path + "/bookmarks"),
            () -> group.as("ana").body(reply(note)).post(messages(group)),
            () -> group.as("ana").delete(path));
    String before = asTheClientFindsIt(group);
    for (Supplier<Response> change : changes) {
      missing(group.as(CLIENT).get("/v1/attachments/" + file + "/download"));
      group.page(CLIENT, Map.of("thread", note)).statusCode(404);
      assertThat(change.get().statusCode()).isBetween(200, 204);
      assertThat(asTheClientFindsIt(group)).isEqualTo(before);
    }
    group
        .as(CLIENT)
        .body(Map.of("seq", 999))
        .put("/v1/timelines/" + group.id() + "/read")
        .then()
        .statusCode(200)
        .body("readSeq", is(1));
  }

  /** All that a client can read of a conversation, as it is answered. */
  private static String asTheClientFindsIt(Group group) {
    String timeline = "/v1/timelines/" + group.id();
    return Stream.of(
            messages(group),
            messages(group) + "?changedAfter=0",
            messages(group) + "?changedAfter=2",
            timeline + "/attachments",
            "/v1/unread",
            "/v1/threads",
            "/v1/drafts")
        .map(path -> group.as(CLIENT).get(path).then().statusCode(200).extract().asString())
        .collect(Collectors.joining("\n"));
  }

  private static String messages(Group group) {
    return "/v1/timelines/" + group.id() + "/messages";
  }

  private static Map<String, String> reply(String root) {
    return Map.of("clientMsgId", "r", "body", "x", "threadRoot", root, "visibility", "internal");
  }

  @Test
  void repliesToANoteAreNotes() {
    Group group = Group.of(ConversationType.CLIENT, "ana", CLIENT);
    String note = group.noted("ana", "secret");
    Map<String, String> reply = Map.of("clientMsgId", "r", "body", "x", "threadRoot", note);
    group.send("ana", reply).statusCode(422).body("violations[0].field", is("visibility"));
    group
        .send(
            "ana",
            Map.of("clientMsgId", "r", "body", "x", "threadRoot", note, "visibility", "internal"))
        .statusCode(201);
  }

  @ParameterizedTest
  @EnumSource(
      value = ConversationType.class,
      names = {"GROUP", "CHANNEL", "DIRECT", "SUBJECT", "DEAL_ROOM", "INTERNAL_CHAT"})
  void notesAreForCustomerConversations(ConversationType type) {
    Group group = Group.of(type, "ana", "bo");
    group
        .send("ana", Map.of("clientMsgId", "n", "body", "x", "visibility", "internal"))
        .statusCode(422)
        .body("code", is("not_applicable"));
  }

  private static void reactTo(Group group, String user, String message) {
    group.as(user).put("/v1/messages/" + message + "/reactions/👍").then().statusCode(204);
  }

  private static Map<String, String> body(String text) {
    return Map.of("body", text);
  }

  private static void refused(Response answer) {
    answer.then().statusCode(403).body("code", is("forbidden"));
  }

  private static void missing(Response answer) {
    answer.then().statusCode(404).body("code", is("not_found"));
  }
}
